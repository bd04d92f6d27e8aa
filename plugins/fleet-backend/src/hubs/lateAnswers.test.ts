import { type Fault, healths, HistoryHub } from './__testUtils__/historyHub';
import { runReflector } from './__testUtils__/runReflector';
import { answer } from './__testUtils__/scriptedHub';
import { VirtualClock } from './__testUtils__/virtualClock';
import type { HubResponse, HubTransport } from './transport';

describe('a hub whose answers come only with their first bytes', () => {
  const clock = new VirtualClock();
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
    const run = runReflector({ transport: hub, clock, random: () => 0.99 });
    await clock.advance(10 * 60_000);
    expect(run.statuses).toEqual(['connecting', 'live']);

    silent = true;
    // One watch may still end in order.
    await clock.advance(25_000);
    await clock.advance(45_000);
    expect(run.state.status).toBe('unreachable');
    await run.stop();
  });
});

/** A hub behind a proxy that passes on the beginning of an answer with its first bytes, and no break of a connection. */
class ProxiedHub implements HubTransport {
  readonly answersLate = true;

  constructor(private readonly hub: HubTransport) {}

  async get(pathAndQuery: string, signal: AbortSignal): Promise<HubResponse> {
    const aborted = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason)),
    );
    aborted.catch(() => {});
    let response: HubResponse;
    try {
      response = await this.hub.get(pathAndQuery, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      const { name, message } = error as Error;
      const refusal = { error: { name, message }, request: {} };
      return answer(500, { ...refusal, response: { statusCode: 500 } });
    }
    const chunks = response.body[Symbol.asyncIterator]();
    const next = () => chunks.next().catch(() => aborted);
    const first = await next();
    async function* body() {
      for (let chunk = first; !chunk.done; chunk = await next()) {
        yield chunk.value;
      }
    }
    return { status: response.status, body: body() };
  }

  async close() {}
}

describe('a hub behind a proxy that answers late', () => {
  const faults: Fault[] = ['down', 'reset', 'silent'];
  const chances = [0, 0.5, 0.99];

  it.each(faults.flatMap(fault => chances.map(chance => [fault, chance])))(
    '%s, chance %d: shown within 45 s, and has the truth within 30 s after it is back',
    async (fault, chance) => {
      const clock = new VirtualClock();
      const hub = new HistoryHub(clock);
      for (const name of ['a', 'b', 'c']) hub.put(name, 'Healthy');
      const run = runReflector({
        transport: new ProxiedHub(hub),
        clock,
        random: () => chance as number,
      });
      const isLive = () => run.isLive;
      const isUnreachable = () => run.state.status === 'unreachable';
      await clock.advance(60_000);
      expect(run.state.status).toBe('live');

      hub.strike(fault as Fault);
      await clock.until(45, isUnreachable);
      const { requests } = hub;
      await clock.advance(10 * 60_000);
      // At most six a minute.
      expect(hub.requests - requests).toBeLessThan(60);
      // It comes back at some moment of a try, or of the wait between two.
      for (let moment = 0; moment < 45; moment += 3) {
        await clock.until(45, isUnreachable);
        await clock.advance((60 + moment) * 1_000);
        // In every other round nothing changes, so that the watch is quiet.
        if (moment % 2 === 0) hub.put('a', `Degraded ${moment}`);
        hub.heal();
        await clock.until(30, isLive);
        expect(healths(run.copy)).toEqual(healths(hub.objects));
        hub.strike(fault as Fault);
      }

      await run.stop();
      expect(clock.waiting).toBe(0);
    },
  );
});
