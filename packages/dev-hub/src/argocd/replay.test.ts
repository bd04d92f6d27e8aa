import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { systemClock } from '../clock';
import { applications, namespaces, ObjectStore } from '../objects';
import { Clusters } from '../spokes';
import { selectFields } from './api/fields';
import { createArgocdServer } from './server';

interface Exchange {
  request: {
    method: string;
    path: string;
    query: Record<string, string | string[]>;
    headers: Record<string, string>;
    body: unknown;
  };
  response: { status: number; body: any };
  note?: string;
}

const TOKENS: Record<string, string> = {
  '<admin-jwt>': 'admin-token',
  '<reader-jwt>': 'reader-token',
  '<bad-token>': 'bad-token',
};

function read(name: string): Exchange[] {
  const file = join(__dirname, `testdata/${name}.json.gz`);
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')).exchanges;
}

/** Paths that portals do not ask for are not served. */
const SERVED =
  /^\/api\/(version|v1\/(session(\/userinfo)?|applications(\/[^/]+)?|applicationsets(\/[^/]+)?|projects(\/[^/]+)?|clusters(\/[^/]+)?))$/;

/** Refusals, and answers that do not depend on what the recorded installation held. */
function isComparable({ request, response, note }: Exchange): boolean {
  if (!SERVED.test(request.path) || request.method === 'PUT') return false;
  // Writes are refused where they change nothing; creating is not served.
  if (request.method === 'POST' && request.path !== '/api/v1/session') {
    return false;
  }
  if (request.method === 'DELETE' || note === 'no token') {
    return response.status === 401;
  }
  // The message tells when the token was issued.
  if (/iat:/.test(JSON.stringify(response.body))) return false;
  return response.status !== 200 || response.body?.items === null;
}

const cases = [
  'applications',
  'applicationsets',
  'clusters',
  'projects',
  'session',
]
  .flatMap(read)
  .filter(isComparable)
  .map(exchange => {
    const { method, path, query, headers } = exchange.request;
    const who = headers.Authorization ?? 'nobody';
    const title = `${method} ${path} ${JSON.stringify(query)} as ${who}`;
    return [title, exchange] as const;
  });

describe('fields of a list, as recorded', () => {
  const lists = read('applications').filter(
    ({ request }) => request.path === '/api/v1/applications',
  );
  const whole: any[] = lists[0].response.body.items;
  const chosen = lists.filter(
    ({ request, response }) =>
      typeof request.query.fields === 'string' &&
      // What argocd-server leaves over when fields are excluded is a fixed choice of fields, which is not copied.
      !request.query.fields.startsWith('-') &&
      response.status === 200,
  );

  it('has cases', () => {
    expect(whole.length).toBeGreaterThan(1);
    expect(chosen.length).toBeGreaterThan(2);
  });

  it.each(chosen.map(({ request }) => String(request.query.fields)))(
    '%s',
    fields => {
      const { response } = chosen.find(
        ({ request }) => request.query.fields === fields,
      )!;
      const items = selectFields({ items: whole }, fields).items ?? [];
      for (const item of items) {
        // A field that there is none of gives empty items.
        if (!item.metadata) continue;
        const { name } = item.metadata;
        const recorded = response.body.items.find(
          (other: any) => other.metadata?.name === name,
        );
        expect(withoutVersions(item)).toEqual(withoutVersions(recorded));
      }
    },
  );
});

/** Masked versions differ between answers that were recorded one after the other. */
function withoutVersions(item: any) {
  const {
    resourceVersion: _version,
    generation: _generation,
    ...metadata
  } = item.metadata;
  return { ...item, metadata };
}

describe('refusals of argocd-server, as recorded', () => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    const store = new ObjectStore();
    store.create(namespaces, { metadata: { name: 'argocd' } });
    for (const [name, project] of [
      ['shop-spoke-a', 'shop'],
      ['st-manual', 'default'],
    ]) {
      store.create(applications, {
        metadata: { name, namespace: 'argocd' },
        spec: { project, destination: { name: 'spoke-a' } },
      });
    }
    const app = createArgocdServer({
      store,
      clusters: new Clusters({ clock: systemClock, known: {} }),
      accounts: [
        { token: 'admin-token', name: 'admin', password: '<password>' },
        { token: 'reader-token', name: 'reader', projects: ['shop'] },
      ],
    });
    server = createServer(app);
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => new Promise(resolve => server.close(resolve)));

  it('has cases of every kind', () => {
    const statuses = new Set(cases.map(([, { response }]) => response.status));
    expect([...statuses].sort()).toEqual([200, 400, 401, 403, 404, 500]);
    expect(cases.length).toBeGreaterThan(15);
  });

  it.each(cases)('%s', async (_title, { request, response }) => {
    const target = new URL(url + request.path);
    for (const [name, values] of Object.entries(request.query)) {
      for (const value of [values].flat())
        target.searchParams.append(name, value);
    }
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        value.replace(/<[a-z-]+>/, masked => TOKENS[masked] ?? masked),
      ]),
    );
    const { body } = request;
    const sent = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(target, {
      method: request.method,
      headers,
      ...(body === null ? {} : { body: sent }),
    });
    const text = await answer.text();
    expect({ status: answer.status, body: shown(text) }).toEqual({
      status: response.status,
      body: shown(response.body),
    });
  });
});

/** What is compared of a body: all of a refusal; of an empty list, that it is one. */
function shown(body: unknown): unknown {
  if (typeof body === 'string') {
    return body.startsWith('{') ? shown(JSON.parse(body)) : body;
  }
  const { items } = body as { items?: unknown };
  return items === null ? { items } : body;
}
