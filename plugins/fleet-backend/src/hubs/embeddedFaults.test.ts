import { ConfigReader } from '@backstage/config';
import { FleetStore } from '../store';
import { VirtualClock } from './__testUtils__/virtualClock';
import {
  type HubFault,
  passSecond,
  VirtualHub,
} from './__testUtils__/virtualHub';
import { createKubernetesHubSourceFactory } from './kubernetesHubSource';

/** Every fault, with what a hub may be shown as meanwhile. */
const FAULTS: Array<[string, HubFault, string[]]> = [
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

  async function within(bound: number, holds: () => boolean) {
    for (let waited = 0; !holds(); waited++) {
      if (waited >= bound) {
        throw new Error(
          `${holds} took over ${bound} s: ${JSON.stringify(fleet.freshness())}`,
        );
      }
      await passSecond(clock);
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
        await passSecond(clock);
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
