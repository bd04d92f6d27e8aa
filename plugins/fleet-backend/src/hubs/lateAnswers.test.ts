import type { HubConnectionState } from '@backstage-fleet/plugin-fleet-node';
import { answer } from './__testUtils__/scriptedHub';
import { VirtualClock } from './__testUtils__/virtualClock';
import { ConnectionTracker, HubWakeUp } from './connectionTracker';
import { Reflector } from './reflector';
import type { HubTransport } from './transport';
import { APPLICATIONS } from './watchedResource';

describe('a hub whose answers come only with their first bytes', () => {
  const clock = new VirtualClock();
  const controller = new AbortController();
  const statuses: string[] = [];
  let state: HubConnectionState;
  let silent = false;

  /** Lists are answered at once; of a watch without events nothing is seen until it ends. */
  const hub: HubTransport = {
    answersLate: true,
    get: (pathAndQuery, signal) =>
      new Promise((resolve, reject) => {
        const { searchParams } = new URL(pathAndQuery, 'http://hub');
        signal.addEventListener('abort', () => reject(signal.reason));
        if (silent) return;
        if (!searchParams.get('watch')) {
          const metadata = { resourceVersion: '1' };
          resolve(answer(200, { items: [], metadata }));
          return;
        }
        const seconds = Number(searchParams.get('timeoutSeconds'));
        clock.setTimeout(() => resolve(answer(200, '')), seconds * 1000);
      }),
    close: async () => {},
  };

  it('is live while it is quiet, and shown within 45 s when it is silent', async () => {
    const running = new Reflector({
      resource: APPLICATIONS,
      transport: hub,
      clock,
      random: () => 0.99,
      sink: { merge() {}, replace() {}, upsert() {}, remove() {} },
      tracker: new ConnectionTracker({
        clock,
        wakeUp: new HubWakeUp(),
        report: next => {
          state = next;
          statuses.push(next.status);
        },
      }),
    }).run(controller.signal);
    await clock.advance(10 * 60_000);
    expect([...new Set(statuses)]).toEqual(['connecting', 'live']);

    silent = true;
    // One watch may still end in order.
    await clock.advance(25_000);
    await clock.advance(45_000);
    expect(state!.status).toBe('unreachable');
    controller.abort();
    await clock.advance(0);
    await running;
  });
});
