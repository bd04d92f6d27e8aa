import type {
  ChangeMode,
  Deployment,
  PromotionStrategy,
  TypedIntent,
} from '@backstage-fleet/plugin-fleet-common';
import {
  ChangesHarness,
  label,
  promote,
  upgrade,
} from '../__testUtils__/changes';
import { DyingProcess } from '../__testUtils__/dyingProcess';
import { TestPostgres } from '../__testUtils__/postgres';
import type { JournaledChange } from './journal';
import { changeTrailer } from './messages';
import type { FleetView } from './types';

// Each test runs Git processes.
jest.setTimeout(180_000);

/** A fleet where everything is in place at once. */
const FLEET: FleetView = {
  hub: () => undefined,
  live: () => true,
  onRevision: () => () => {},
  cluster: () => ({ registered: true, serverVersion: 'v1.34.1' }),
  deployment: () =>
    ({
      sync: 'Synced',
      health: 'Healthy',
      deleting: false,
      reconciledAt: new Date(8.64e15),
    } as Deployment),
};

/** A kind of change: how it is asked for, and what Git shows of it when it is there exactly once. */
interface Case {
  mode: ChangeMode;
  prepare?(harness: ChangesHarness, key: string): Promise<void>;
  intent(key: string): TypedIntent;
  /** The state in which it ends here. */
  ends: JournaledChange['state'];
  /** Commits of the change, by branch and trailer; and pull requests. */
  shows(change: JournaledChange, key: string): Array<[string, string]>;
  pullRequests?: number;
  /** The first step that no other kind has. */
  from?: number;
}

function moved(
  strategy: PromotionStrategy,
  target: string,
): Pick<Case, 'prepare' | 'intent'> {
  return {
    async prepare({ host }, key) {
      const first = (await host.git.resolve('start'))!;
      await host.git.createRef(`refs/heads/dev-${key}`, first);
      await host.git.createRef(`${target}-${key}`, first);
      await host.commit(
        { 'clusters/a': `shop: ${key}\n` },
        {
          branch: `dev-${key}`,
          message: `Work for ${key}`,
        },
      );
    },
    intent: key => ({
      kind: 'service.promote',
      parameters: {
        service: `shop-${key}`,
        from: `dev-${key}`,
        to: { environments: [`${target.split('/').at(-1)}-${key}`] },
        strategy,
      },
    }),
  };
}

const CASES: Record<string, Case> = {
  commit: {
    mode: 'commit',
    intent: key => label('a', { [key]: 'x' }),
    ends: 'healthy',
    shows: ({ id }) => [['main', changeTrailer(id)]],
  },
  'pull request': {
    mode: 'pull-request',
    intent: key => label('a', { [key]: 'x' }),
    ends: 'proposed',
    shows: ({ id }, key) => [[`fleet/label/a-${key}`, changeTrailer(id)]],
    pullRequests: 1,
  },
  'two waves': {
    mode: 'commit',
    from: 6,
    intent: key => promote(`shop-${key}`, '2', [['a'], ['b']]),
    ends: 'healthy',
    shows: ({ id }) => [
      ['main', changeTrailer(`${id}/wave-1`)],
      ['main', changeTrailer(`${id}/wave-2`)],
    ],
  },
  'an upgrade in waves': {
    mode: 'commit',
    from: 6,
    prepare: async ({ host }, key) =>
      void (await host.commit({
        [`clusters/a-${key}`]: 'env: dev\n',
        [`clusters/b-${key}`]: 'env: prod\n',
      })),
    intent: key => upgrade('v1.34.1', [[`a-${key}`], [`b-${key}`]]),
    ends: 'healthy',
    shows: ({ id }) => [
      ['main', changeTrailer(`${id}/wave-1`)],
      ['main', changeTrailer(`${id}/wave-2`)],
    ],
  },
  'a merge of branches': {
    mode: 'commit',
    ...moved('merge-branch', 'refs/heads/staging'),
    ends: 'healthy',
    shows: ({ id }, key) => [[`staging-${key}`, changeTrailer(id)]],
  },
  'a moved tag': {
    mode: 'commit',
    ...moved('move-tag', 'refs/tags/stable'),
    ends: 'healthy',
    shows: (_, key) => [[`stable-${key}`, `Work for ${key}`]],
  },
};

// PostgreSQL where a server is installed.
const databases = ['SQLite', 'PostgreSQL'].slice(
  0,
  TestPostgres.isInstalled ? 2 : 1,
);

describe.each(databases)('a process that ends in the middle, on %s', name => {
  const isPostgres = name === 'PostgreSQL';
  let server: TestPostgres | undefined;
  let harness: ChangesHarness;
  beforeAll(async () => {
    if (isPostgres) server = await TestPostgres.start();
    harness = await ChangesHarness.start({
      connect: await server?.createDatabase(),
    });
    const { git } = harness.host;
    await git.createRef('refs/tags/start', (await git.resolve('main'))!);
  });
  afterAll(async () => {
    await harness.stop();
    await server?.stop();
  });

  const allChanges = async () =>
    (await (await harness.journal()).list({ limit: 1000 })).reverse();

  /** Until nothing moves any more. */
  const follow = async ({
    tracker,
    settled,
  }: Awaited<ReturnType<ChangesHarness['replica']>>) => {
    for (let stage = 0; stage < 3; stage += 1) {
      await tracker.follow();
      await settled();
    }
  };

  /** @returns how many steps the process took: fewer than the one it was to end at, where it came to its end before */
  async function killAt(
    { mode, prepare, intent, ends, shows, pullRequests = 0 }: Case,
    key: string,
    process: DyingProcess,
  ): Promise<number> {
    await prepare?.(harness, key);
    const before = await allChanges();
    harness.skewMs = 0;
    const open = (await harness.host.pullRequests()).length;
    process.attach(harness);
    const first = await harness.replica({
      journal: process.journal(await harness.journal()),
      view: FLEET,
    });
    await first.engine.create({ intent: intent(key), mode }).catch(() => {});
    await follow(first).catch(() => {});

    harness.host.gate = () => 'pass';
    harness.skewMs = 10 * 60_000;
    const second = await harness.replica({ view: FLEET });
    await second.engine.resume();
    await second.engine.resume();
    await follow(second);

    const changes = (await allChanges()).slice(before.length);
    const step = process.steps.at(-1);
    const accepted = step !== 'journal: insert' || changes.length > 0;
    expect({ step, states: changes.map(({ state }) => state) }).toEqual({
      step,
      states: accepted ? [ends] : [],
    });
    for (const [branch, line] of changes.flatMap(item => shows(item, key))) {
      const commits = (await harness.host.log(branch)).filter(message =>
        message.includes(line),
      );
      expect({ step, line, commits: commits.length }).toEqual({
        step,
        line,
        commits: 1,
      });
    }
    expect((await harness.host.pullRequests()).length - open).toBe(
      changes.length * pullRequests,
    );
    return process.steps.length;
  }

  // What differs between databases is the journal; on the second, one kind of change is enough.
  const cases = Object.keys(CASES).slice(0, isPostgres ? 1 : undefined);

  it.each(cases)(
    'before and after each step of %s: no duplicate, no loss',
    async kind => {
      const { from = 1 } = CASES[kind];
      let steps = Infinity;
      for (let step = from; step <= steps; step += 1) {
        for (const when of ['before', 'after'] as const) {
          const key = `${kind.replaceAll(' ', '-')}-${step}-${when}`;
          const taken = await killAt(
            CASES[kind],
            key,
            new DyingProcess({ step, when }),
          );
          if (taken < step) steps = step - 1;
        }
      }
      expect(steps).toBeGreaterThanOrEqual(from + 3);
    },
  );

  it('is not resumed by two replicas, nor while it is being written', async () => {
    const process = new DyingProcess({ step: 3, when: 'after' });
    harness.skewMs = 0;
    process.attach(harness);
    const first = await harness.replica({
      journal: process.journal(await harness.journal()),
    });
    const commits = (await harness.host.log()).length;
    const intent = label('a', { once: 'x' });
    await expect(
      first.engine.create({ intent, mode: 'commit' }),
    ).rejects.toThrow();
    harness.host.gate = () => 'pass';

    const replicas = [await harness.replica(), await harness.replica()];
    const resume = () =>
      Promise.all(replicas.map(({ engine }) => engine.resume()));
    await resume();
    expect(await harness.host.log()).toHaveLength(commits);

    harness.skewMs = 10 * 60_000;
    await resume();
    expect(await harness.host.log()).toHaveLength(commits + 1);
  });
});

describe('a change whose outcome is unknown', () => {
  it('is kept, and finished as soon as the host answers', async () => {
    const harness = await ChangesHarness.start();
    let answers = true;
    harness.host.gate = name => {
      if (!answers) return 'lose-request';
      if (!name.startsWith('PATCH')) return 'pass';
      answers = false;
      return 'lose-answer';
    };
    const { engine, journal } = await harness.replica();
    await expect(
      engine.create({ intent: label('a', { tier: 'x' }), mode: 'commit' }),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('finished as soon as the host answers'),
    });
    expect(await journal.list({ limit: 1 })).toMatchObject([
      { state: 'planned' },
    ]);

    answers = true;
    harness.host.gate = () => 'pass';
    harness.skewMs = 10 * 60_000;
    await engine.resume();
    expect(await journal.list({ limit: 1 })).toMatchObject([
      {
        state: 'merged',
        commit: { sha: await harness.host.git.resolve('main') },
      },
    ]);
    expect(await harness.host.log()).toHaveLength(2);
    await harness.stop();
  });
});
