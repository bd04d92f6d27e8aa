import { mockServices } from '@backstage/backend-test-utils';
import { VirtualClock } from '../hubs/__testUtils__/virtualClock';
import { application, testStore } from '../store/__testUtils__/objects';
import { signalRevisions } from './revisionSignal';

describe('signalRevisions', () => {
  it('tells the first revision at once and of the rest the last, at most every 200 ms', async () => {
    const clock = new VirtualClock();
    const store = testStore();
    const sent: Array<[number, number]> = [];
    const stop = signalRevisions({
      store,
      clock,
      logger: mockServices.logger.mock(),
      signals: {
        publish: async ({ message }) => {
          sent.push([clock.now(), message.revision as number]);
        },
      },
    });
    const begin = clock.now();
    const change = (name: string) =>
      store.sink('eu').upsert('Application', application({ name }));

    change('a');
    expect(sent).toEqual([[begin, store.revision]]);
    for (let index = 0; index < 50; index++) {
      change(`b${index}`);
      await clock.advance(10);
    }
    await clock.advance(1_000);
    expect(sent.map(([at]) => at - begin)).toEqual([0, 200, 400, 600]);
    expect(sent[sent.length - 1][1]).toBe(store.revision);

    change('c');
    expect(sent).toHaveLength(5);
    stop();
    change('d');
    await clock.advance(1_000);
    expect(sent).toHaveLength(5);
    expect(clock.waiting).toBe(0);
  });
});
