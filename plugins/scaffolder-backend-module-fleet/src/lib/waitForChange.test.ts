import type { Change, ChangeState } from '@backstage-fleet/plugin-fleet-common';
import { waitForChange, WaitOptions } from './waitForChange';

const change = (state: ChangeState, more: Partial<Change> = {}): Change =>
  ({
    id: 'c1',
    title: 'Deploy payments',
    state,
    timeline: [{ at: new Date(0), state, message: `It is ${state}` }],
    ...more,
  } as Change);

/** Waits on a change that is in each of these states in turn. */
async function wait(answers: Change[], options: Partial<WaitOptions> = {}) {
  const log: string[] = [];
  let seconds = 0;
  const timeline: Change['timeline'] = [];
  const left = [...answers];
  const promise = waitForChange({
    id: 'c1',
    until: 'healthy',
    timeoutSeconds: 100,
    logger: { info: (line: string) => void log.push(line) },
    now: () => seconds * 1000,
    pause: async () => {
      seconds += 10;
    },
    async get() {
      const next = left.length > 1 ? left.shift()! : left[0];
      for (const entry of next.timeline) {
        if (!timeline.some(known => known.message === entry.message)) {
          timeline.push(entry);
        }
      }
      return { ...next, timeline: [...timeline] };
    },
    ...options,
  });
  return { promise, log };
}

describe('waiting for a change', () => {
  it('logs each step once and ends at the state', async () => {
    const { promise, log } = await wait(
      (['proposed', 'proposed', 'merged', 'synced', 'healthy'] as const).map(
        state => change(state),
      ),
    );
    expect(await promise).toMatchObject({ state: 'healthy' });
    expect(log).toEqual([
      'It is proposed',
      'It is merged',
      'It is synced',
      'It is healthy',
    ]);
  });

  it('says of which stage a step is, and which clusters that covers', async () => {
    const stages: Change['stages'] = [
      { title: 'Wave 1', clusters: ['eu', 'us'], waitFor: 'healthy' },
      { title: 'Forward to dev', clusters: [], waitFor: 'merged' },
    ];
    const at = new Date(0);
    const { promise, log } = await wait([
      change('healthy', {
        stages,
        stage: 1,
        timeline: [
          { at, state: 'planned', message: 'Asked' },
          {
            at,
            state: 'merged',
            message: 'On main',
            url: 'https://x',
            stage: 0,
          },
          { at, state: 'merged', message: 'On main too', stage: 1 },
        ],
      }),
    ]);
    await promise;
    expect(log).toEqual([
      'Asked',
      'Wave 1 (eu, us): On main: https://x',
      'Forward to dev: On main too',
    ]);
  });

  it.each([
    ['merged', 'synced'],
    ['registered', 'healthy'],
    ['healthy', 'unchanged'],
    ['healthy', 'superseded'],
  ] as const)('for %s ends when it is %s', async (until, state) => {
    const { promise } = await wait([change(state)], { until });
    expect(await promise).toMatchObject({ state });
  });

  it('waits for the last stage', async () => {
    const stages = [{ title: 'one' }, { title: 'two' }] as Change['stages'];
    const { promise } = await wait([
      change('healthy', { stages, stage: 0 }),
      change('planned', { stages, stage: 1 }),
      change('healthy', { stages, stage: 1 }),
    ]);
    expect(await promise).toMatchObject({ state: 'healthy', stage: 1 });
  });

  it.each([
    [
      change('failed', { error: 'not healthy: payments' }),
      /failed: not healthy/,
    ],
    [change('stopped'), /was stopped: It is stopped/],
  ])('fails when the change ended otherwise', async (answer, message) => {
    const { promise } = await wait([answer]);
    await expect(promise).rejects.toThrow(message);
  });

  it('fails when the time is over, and says how far it was', async () => {
    const { promise } = await wait([change('proposed')]);
    await expect(promise).rejects.toThrow(
      'After 100 seconds change c1 is proposed, not healthy. The change itself goes on.',
    );
  });

  it('ends when the task is cancelled', async () => {
    const controller = new AbortController();
    const { promise } = await wait([change('proposed')], {
      signal: controller.signal,
      pause: async () => controller.abort(),
    });
    await expect(promise).rejects.toThrow('Cancelled while change c1');
  });
});
