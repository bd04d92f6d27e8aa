import type { HubConnectionState } from '@backstage-fleet/plugin-fleet-node';
import { heapInUse } from './__testUtils__/heap';
import { type Fault, healths, HistoryHub } from './__testUtils__/historyHub';
import { type ReflectorRun, runReflector } from './__testUtils__/runReflector';
import { VirtualClock } from './__testUtils__/virtualClock';

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

// A thousand faults, and the heap collected in between.
jest.setTimeout(60_000);

describe('faults of a hub', () => {
  let clock: VirtualClock;
  let hub: HistoryHub;
  let run: ReflectorRun;

  beforeEach(() => {
    clock = new VirtualClock();
    hub = new HistoryHub(clock);
    for (const name of ['a', 'b', 'c']) hub.put(name, 'Healthy');
  });

  afterEach(async () => {
    await run.stop();
    if (clock.waiting > 0) throw new Error('A timer was left behind');
  });

  async function start() {
    let seed = 1;
    run = runReflector({
      transport: hub,
      clock,
      // The same chance in every run.
      random: () => {
        seed = (seed * 16_807) % 2_147_483_647;
        return seed / 2_147_483_647;
      },
    });
    await clock.advance(0);
  }

  const isLive = () => run.isLive;
  const seconds = (count: number) => clock.advance(count * 1000);

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
          await clock.until(7, isLive);
          hub.strike(fault);
        }
        await clock.until(45, () => shown.includes(run.state.status));
        expect(run.state.message).toBeTruthy();

        const before = hub.requests;
        hub.delete('b');
        hub.put('a', 'Degraded');
        hub.put('d', 'Healthy');
        await seconds(600);
        expect(run.state.status).not.toBe('live');
        // Ten minutes, at most six a minute.
        expect(hub.requests - before).toBeLessThan(60);

        hub.heal();
        await clock.until(30, isLive);
        await seconds(1);
        expect(healths(run.copy)).toEqual(healths(hub.objects));
        hub.put('e', 'Missing');
        await clock.advance(0);
        expect(healths(run.copy)).toEqual(healths(hub.objects));
      },
    );
  });

  it("has the hub's truth after each of 1,000 faults, and leaves nothing behind", async () => {
    await start();
    // After as many rounds everything that is made once has been made.
    let settled = 0;
    for (let round = 0; round < 1_000; round++) {
      if (round === 200) {
        // What the hub itself remembers is no leak.
        hub.forget();
        settled = heapInUse();
      }
      const [fault] = FAULTS[round % FAULTS.length];
      hub.strike(fault);
      hub.put(`app-${round % 17}`, round % 2 ? 'Healthy' : 'Degraded');
      if (round % 3 === 0) hub.delete(`app-${(round + 5) % 17}`);
      await seconds(2 + (round % 5) * 11);
      hub.heal();
      await clock.until(60, isLive);
      await seconds(40);
      expect(healths(run.copy)).toEqual(healths(hub.objects));
    }
    hub.forget();
    // One fault that left 1 kB behind would be found.
    expect(heapInUse() - settled).toBeLessThan(800 * 1024);
    // A watch has its end and its watchdog.
    expect(clock.waiting).toBeLessThanOrEqual(3);
  });
});
