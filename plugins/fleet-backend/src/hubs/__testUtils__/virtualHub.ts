import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  applications,
  appProjects,
  createKubernetesApi,
  FaultPlan,
  namespaces,
  ObjectStore,
  readerRules,
  secrets,
} from '@backstage-fleet/dev-hub';
import type { VirtualClock } from './virtualClock';

export type HubFault = Parameters<FaultPlan['set']>[0][number];

/** A hub over HTTP, whose own timers are a test's. */
export class VirtualHub {
  readonly store = new ObjectStore();
  readonly faults = new FaultPlan();
  requests = 0;
  #server: Server | undefined;

  async listen(clock: VirtualClock): Promise<string> {
    const api = createKubernetesApi({
      store: this.store,
      faults: this.faults,
      tokens: [{ token: 'token', name: 'fleet', rules: readerRules }],
      timers: {
        after: (milliseconds, run) => clock.setTimeout(run, milliseconds),
      },
    });
    this.#server = createServer((message, response) => {
      this.requests++;
      api(message, response);
    });
    await new Promise<void>(resolve => {
      this.#server!.listen(0, '127.0.0.1', () => resolve());
    });
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  fill() {
    const { store } = this;
    store.create(namespaces, { metadata: { name: 'argocd' } } as any);
    store.create(appProjects, {
      metadata: { name: 'default', namespace: 'argocd' },
      spec: {},
    } as any);
    store.create(secrets, {
      metadata: {
        name: 'spoke',
        namespace: 'argocd',
        labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
      },
      stringData: { name: 'spoke', server: 'https://spoke' },
    } as any);
    for (const name of ['a', 'b', 'c']) this.create(name);
  }

  create(name: string) {
    this.store.create(applications, {
      metadata: { name, namespace: 'argocd' },
      spec: { project: 'default', destination: { name: 'spoke' } },
      status: { health: { status: 'Healthy' }, sync: { status: 'Synced' } },
    } as any);
  }

  report(name: string, health: string) {
    const key = { namespace: 'argocd', name };
    this.store.mergePatch(applications, key, {
      status: { health: { status: health } },
    });
  }

  remove(name: string) {
    this.store.remove(applications, { namespace: 'argocd', name });
  }

  get truth(): string[] {
    return this.store
      .list(applications, {})
      .items.map(
        ({ metadata, status }: any) =>
          `${metadata.name} ${status.health.status}`,
      )
      .sort();
  }

  /** Connections that are open. */
  connections(): Promise<number> {
    return new Promise((resolve, reject) =>
      this.#server!.getConnections((error, count) =>
        error ? reject(error) : resolve(count),
      ),
    );
  }

  async close() {
    this.#server?.closeAllConnections();
    await new Promise(resolve => {
      this.#server?.close(resolve);
    });
  }
}

/** Lets a second of a test's clock pass, and what was sent over the network arrive. */
export async function passSecond(clock: VirtualClock): Promise<void> {
  await clock.advance(1_000);
  for (let turn = 0; turn < 20; turn++) {
    await new Promise(resolve => setImmediate(resolve));
  }
}
