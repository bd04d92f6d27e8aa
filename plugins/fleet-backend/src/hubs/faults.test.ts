import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { HubConnectionState } from '@backstage-fleet/plugin-fleet-node';
import { type Fault, HistoryHub } from './__testUtils__/historyHub';
import { VirtualClock } from './__testUtils__/virtualClock';
import { ConnectionTracker, HubWakeUp } from './connectionTracker';
import { Reflector } from './reflector';
import { APPLICATIONS } from './watchedResource';

/** Every fault, with what a hub is then said to be. */
const FAULTS: Array<[Fault, HubConnectionState['status'][]]> = [
  ['down', ['unreachable']],
  ['slow', ['unreachable']],
  ['401', ['unauthorized']],
  ['403 on kind', ['unauthorized']],
  ['410', ['stale']],
  ['silent', ['unreachable', 'stale']],
  ['reset', ['unreachable']],
  ['garbage', ['stale']],
  ['half page', ['stale']],
];

// Jest runs tests without `--expose-gc`.
setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes of the heap that somebody holds, the hub's own history aside. */
function heapInUse(hub: HistoryHub): number {
  hub.forget();
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

// A thousand faults, and the heap collected in between.
jest.setTimeout(60_000);

describe('faults of a hub', () => {
  let clock: VirtualClock;
  let hub: HistoryHub;
  let copy: Map<string, KubernetesObject>;
  let state: HubConnectionState;
  let controller: AbortController;
  let running: Promise<void>;

  beforeEach(() => {
    clock = new VirtualClock();
    hub = new HistoryHub(clock);
    for (const name of ['a', 'b', 'c']) hub.put(name, 'Healthy');
    copy = new Map();
    controller = new AbortController();
  });

  afterEach(async () => {
    controller.abort();
    await clock.advance(0);
    await running;
    if (clock.waiting > 0) throw new Error('A timer was left behind');
  });

  async function start() {
    let seed = 1;
    running = new Reflector({
      resource: APPLICATIONS,
      transport: hub,
      clock,
      // The same chance in every run.
      random: () => {
        seed = (seed * 16_807) % 2_147_483_647;
        return seed / 2_147_483_647;
      },
      sink: {
        merge: objects =>
          objects.forEach(item => copy.set(item.metadata.name, item)),
        replace: objects => {
          copy = new Map(objects.map(item => [item.metadata.name, item]));
        },
        upsert: item => copy.set(item.metadata.name, item),
        remove: item => copy.delete(item.metadata.name),
      },
      tracker: new ConnectionTracker({
        clock,
        wakeUp: new HubWakeUp(),
        report: next => {
          state = next;
        },
      }),
    }).run(controller.signal);
    await clock.advance(0);
  }

  const healths = (objects: Map<string, KubernetesObject>) =>
    [...objects]
      .map(([name, { status }]) => `${name} ${status.health.status}`)
      .sort();
  const isLive = () => state.status === 'live';
  const seconds = (count: number) => clock.advance(count * 1000);

  /** Time until something holds; fails where it takes longer than the bound. */
  async function within(bound: number, holds: () => boolean) {
    for (let waited = 0; !holds(); waited++) {
      if (waited >= bound) throw new Error(`${holds} took over ${bound} s`);
      await seconds(1);
    }
  }

  describe.each(FAULTS)('%s', (fault, shown) => {
    it.each([['at start'], ['in the middle']])(
      '%s: shown within 45 s, recovered within 30 s, nothing lost and no ghost',
      async when => {
        if (when === 'at start') {
          hub.fault = fault;
          if (fault === '410') hub.strike(fault);
          await start();
        } else {
          await start();
          await within(7, isLive);
          hub.strike(fault);
        }
        await within(45, () => shown.includes(state.status));
        expect(state.message).toBeTruthy();

        const before = hub.requests;
        hub.delete('b');
        hub.put('a', 'Degraded');
        hub.put('d', 'Healthy');
        await seconds(600);
        expect(state.status).not.toBe('live');
        // Ten minutes, at most six a minute.
        expect(hub.requests - before).toBeLessThan(60);

        hub.heal();
        await within(30, isLive);
        await seconds(1);
        expect(healths(copy)).toEqual(healths(hub.objects));
        hub.put('e', 'Missing');
        await clock.advance(0);
        expect(healths(copy)).toEqual(healths(hub.objects));
      },
    );
  });

  it("has the hub's truth after each of 1,000 faults, and leaves nothing behind", async () => {
    await start();
    // After as many rounds everything that is made once has been made.
    let settled = 0;
    for (let round = 0; round < 1_000; round++) {
      if (round === 200) settled = heapInUse(hub);
      const [fault] = FAULTS[round % FAULTS.length];
      hub.strike(fault);
      hub.put(`app-${round % 17}`, round % 2 ? 'Healthy' : 'Degraded');
      if (round % 3 === 0) hub.delete(`app-${(round + 5) % 17}`);
      await seconds(2 + (round % 5) * 11);
      hub.heal();
      await within(60, isLive);
      await seconds(40);
      expect(healths(copy)).toEqual(healths(hub.objects));
    }
    // One fault that left 1 kB behind would be found.
    expect(heapInUse(hub) - settled).toBeLessThan(800 * 1024);
    // A watch has its end and its watchdog.
    expect(clock.waiting).toBeLessThanOrEqual(3);
  });
});
