import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
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
import { FleetStore } from '../store';
import { VirtualClock } from './__testUtils__/virtualClock';
import { createKubernetesHubSourceFactory } from './kubernetesHubSource';

type Fault = Parameters<FaultPlan['set']>[0][number];

/** Every fault, with what a hub may be shown as meanwhile. */
const FAULTS: Array<[string, Fault, string[]]> = [
  ['down', { kind: 'down' }, ['unreachable']],
  ['reset', { kind: 'reset' }, ['unreachable']],
  ['slow', { kind: 'slow', milliseconds: 30_000 }, ['unreachable', 'stale']],
  ['401', { kind: 'status', code: 401 }, ['unauthorized']],
  [
    '403 on kind',
    { kind: 'status', code: 403, resources: ['applications'] },
    ['unauthorized'],
  ],
  ['503', { kind: 'status', code: 503 }, ['unreachable']],
  ['410', { kind: 'expired' }, ['stale']],
  ['silent', { kind: 'silent' }, ['unreachable', 'stale']],
  ['garbage', { kind: 'garbage' }, ['stale']],
  ['half page', { kind: 'half-page' }, ['stale', 'unreachable']],
];

/** A hub over HTTP, whose own timers are a test's. */
class VirtualHub {
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

  async close() {
    this.#server?.closeAllConnections();
    await new Promise(resolve => {
      this.#server?.close(resolve);
    });
  }
}

// Some minutes of virtual time, each second of which waits for the network.
jest.setTimeout(60_000);

describe.each(FAULTS)('%s, over HTTP', (_name, fault, shown) => {
  let clock: VirtualClock;
  let hubs: { eu: VirtualHub; us: VirtualHub };
  let fleet: FleetStore;
  let controller: AbortController;
  let running: Promise<unknown>;

  async function start() {
    clock = new VirtualClock();
    controller = new AbortController();
    hubs = { eu: new VirtualHub(), us: new VirtualHub() };
    fleet = new FleetStore({
      hubs: ['eu', 'us'].map(id => ({ id, title: id, url: '' })),
      labels: { environment: ['env'], region: ['region'] },
      namePatterns: [],
      now: () => new Date(clock.now()),
    });
    const factory = createKubernetesHubSourceFactory({
      clock,
      random: () => 0.5,
    });
    const urls = new Map<string, string>();
    for (const [id, hub] of Object.entries(hubs)) {
      hub.fill();
      urls.set(id, await hub.listen(clock));
    }
    return () => {
      running = Promise.all(
        [...urls].map(([id, url]) =>
          factory
            .create({
              hubId: id,
              config: new ConfigReader({
                url,
                token: 'token',
                provisioning: false,
              }),
            })
            .run(fleet.sink(id), controller.signal),
        ),
      );
    };
  }

  afterEach(async () => {
    controller.abort();
    await clock.advance(0);
    await Promise.all([running, hubs.eu.close(), hubs.us.close()]);
  });

  /** Lets a second pass, and what was sent over the network arrive. */
  async function second() {
    await clock.advance(1_000);
    for (let turn = 0; turn < 20; turn++) {
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  async function within(bound: number, holds: () => boolean) {
    for (let waited = 0; !holds(); waited++) {
      if (waited >= bound) {
        throw new Error(
          `${holds} took over ${bound} s: ${JSON.stringify(fleet.freshness())}`,
        );
      }
      await second();
    }
  }

  const seen = (id: string) =>
    [...fleet.applications()]
      .filter(({ hub }) => hub === id)
      .map(({ name, state }) => `${name} ${state.health}`)
      .sort();
  const isLive = (id: string) => fleet.hubStatus(id) === 'live';
  const isSame = (id: string) =>
    seen(id).join() === hubs[id as 'eu' | 'us'].truth.join();

  it.each(['at start', 'in the middle'])(
    '%s: shown within 45 s, the other hub unaffected, recovered within 30 s without a loss or a ghost',
    async when => {
      const begin = await start();
      if (when === 'at start') hubs.us.faults.set([fault]);
      begin();
      await within(10, () => isLive('eu'));
      if (when === 'in the middle') {
        await within(10, () => isLive('us') && isSame('us'));
        hubs.us.faults.set([fault]);
      }
      await within(45, () => shown.includes(fleet.hubStatus('us')));

      // What happens meanwhile is seen of the other hub at once.
      const before = hubs.us.requests;
      for (const hub of [hubs.eu, hubs.us]) {
        hub.report('a', 'Degraded');
        hub.remove('b');
        hub.create('d');
      }
      await within(2, () => isSame('eu'));
      for (let passed = 0; passed < 120; passed++) {
        await second();
        expect(isLive('eu')).toBe(true);
        expect(isLive('us')).toBe(false);
      }
      // Four kinds, each at most six times a minute.
      expect(hubs.us.requests - before).toBeLessThan(2 * 4 * 6 + 8);

      hubs.us.faults.set([]);
      await within(30, () => isLive('us') && isSame('us'));
      hubs.us.report('c', 'Missing');
      await within(2, () => isSame('us'));
    },
  );
});
