import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { systemClock } from '../../clock';
import { applications, namespaces, ObjectStore } from '../../objects';
import { Clusters } from '../../spokes';
import type { Account } from '../api/accounts';
import { createArgocdServer } from '../server';

/** A recorded request to argocd-server and its answer; a stream has lines in place of a body. */
export interface Exchange {
  request: {
    method: string;
    path: string;
    query: Record<string, string | string[]>;
    headers: Record<string, string>;
    body: unknown;
  };
  response: {
    status: number;
    headers: Record<string, string>;
    body: any;
    stream?: Array<{ atSeconds: number; line: any }>;
  };
  note?: string;
}

/** Reads the exchanges of a recording from a folder of gzipped JSON files. */
export function readExchanges(folder: string, name: string): Exchange[] {
  const file = join(folder, `${name}.json.gz`);
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')).exchanges;
}

const ACCOUNTS: Account[] = [
  { token: 'admin-token', name: 'admin', password: '<password>' },
  { token: 'reader-token', name: 'reader', projects: ['shop'] },
];
const TOKENS: Record<string, string> = {
  '<admin-jwt>': 'admin-token',
  '<reader-jwt>': 'reader-token',
};

/** Argo CD's API on objects of a test, for recorded requests. */
export class RecordedServer {
  readonly store = new ObjectStore();
  readonly #server: Server;

  constructor(options: { keepAliveMilliseconds?: number } = {}) {
    this.store.create(namespaces, { metadata: { name: 'argocd' } });
    const app = createArgocdServer({
      store: this.store,
      clusters: new Clusters({ clock: systemClock, known: {} }),
      accounts: ACCOUNTS,
      ...options,
    });
    this.#server = createServer(app);
  }

  add(name: string, spec: object, rest: Record<string, any> = {}): any {
    const { metadata, ...others } = rest;
    return this.store.create(applications, {
      metadata: { name, namespace: 'argocd', ...metadata },
      spec,
      ...others,
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  send(
    { method, path, query, headers, body }: Exchange['request'],
    init: RequestInit = {},
  ): Promise<Response> {
    const { port } = this.#server.address() as AddressInfo;
    const target = new URL(`http://127.0.0.1:${port}${path}`);
    for (const [name, values] of Object.entries(query ?? {})) {
      for (const value of [values].flat()) {
        target.searchParams.append(name, value);
      }
    }
    const sent = typeof body === 'string' ? body : JSON.stringify(body);
    return fetch(target, {
      method,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name,
          value.replace(/<[a-z-]+>/, masked => TOKENS[masked] ?? masked),
        ]),
      ),
      ...(body === null || body === undefined ? {} : { body: sent }),
      ...init,
    });
  }
}
