import type {
  ChangeMode,
  PromotionStrategy,
  TypedIntent,
} from '@backstage-fleet/plugin-fleet-common';
import { ChangesHarness } from '../__testUtils__/changes';

// Each test runs Git processes.
jest.setTimeout(60_000);

describe('promotions by branches and tags', () => {
  let harness: ChangesHarness;
  afterEach(() => harness.stop());

  /** `dev` is ahead of `staging`, which is where `main` began; the tag `stable` is there too. */
  const start = async () => {
    harness = await ChangesHarness.start();
    const { git } = harness.host;
    const first = (await git.resolve('main'))!;
    await git.createRef('refs/heads/staging', first);
    await git.createRef('refs/heads/dev', first);
    await git.createRef('refs/tags/stable', first);
    await harness.host.commit(
      { 'clusters/a': 'env: dev\nshop: 2\n' },
      { branch: 'dev' },
    );
    return { ...(await harness.replica()), first };
  };
  const promote = (
    strategy: PromotionStrategy,
    to: string,
    from = 'dev',
  ): TypedIntent => ({
    kind: 'service.promote',
    parameters: { service: 'shop', from, to: { environments: [to] }, strategy },
  });
  const order = (intent: TypedIntent, mode: ChangeMode = 'auto') => ({
    intent,
    mode,
    requester: 'user:default/ada',
  });
  const fileOn = async (ref: string) =>
    (await harness.host.files(ref)).get('clusters/a');

  it('merges a branch into the other, once', async () => {
    const { engine } = await start();
    const intent = promote('merge-branch', 'staging');
    expect(await engine.plan(intent)).toMatchObject({
      changes: 1,
      edits: [{ path: 'clusters/a' }],
    });
    expect(await fileOn('staging')).toBe('env: dev\n');

    const { change } = await engine.create(order(intent));
    expect(change).toMatchObject({
      state: 'merged',
      branch: 'staging',
      commit: { sha: await harness.host.git.resolve('staging') },
    });
    expect(await fileOn('staging')).toBe('env: dev\nshop: 2\n');
    expect((await harness.host.log('staging'))[0]).toContain(
      'Requested-by: user:default/ada',
    );
    expect(await fileOn('main')).toBe('env: dev\n');

    const again = await engine.create(order(intent));
    expect(again).toMatchObject({
      written: false,
      change: { state: 'unchanged' },
    });
  });

  it('opens a pull request between the branches, and an equal request finds it', async () => {
    const { engine, tracker, journal } = await start();
    const intent = promote('merge-branch', 'staging');
    const { change } = await engine.create(order(intent, 'pull-request'));
    expect(change).toMatchObject({
      state: 'proposed',
      branch: 'dev',
      pullRequest: { number: 1 },
    });
    await engine.create(order(intent, 'pull-request'));
    expect(await harness.host.pullRequests()).toHaveLength(1);

    await tracker.pollPullRequests('fleet-gitops');
    expect((await journal.get(change.id))?.state).toBe('proposed');
    await harness.host.merge(1);
    await tracker.pollPullRequests('fleet-gitops');
    expect((await journal.get(change.id))?.state).toBe('merged');
    expect(await fileOn('staging')).toBe('env: dev\nshop: 2\n');
  });

  it('leaves a conflict to people, in a pull request', async () => {
    const { engine } = await start();
    await harness.host.commit(
      { 'clusters/a': 'env: dev\nshop: 1\n' },
      { branch: 'staging' },
    );
    const intent = promote('merge-branch', 'staging');
    expect(await engine.plan(intent)).toMatchObject({
      evaluable: false,
      notEvaluable: expect.stringContaining(
        'dev and staging both changed clusters/a',
      ),
    });
    await expect(engine.create(order(intent, 'commit'))).rejects.toThrow(
      /merge them in a pull request/,
    );
    const { change } = await engine.create(order(intent));
    expect(change).toMatchObject({
      state: 'proposed',
      mode: 'pull-request',
      pullRequest: { number: 1 },
    });
    expect(await fileOn('staging')).toBe('env: dev\nshop: 1\n');
  });

  it('moves a tag forward, and not back', async () => {
    const { engine, first } = await start();
    const { git } = harness.host;
    const { change } = await engine.create(
      order(promote('move-tag', 'stable')),
    );
    expect(change).toMatchObject({ state: 'merged', mode: 'commit' });
    const moved = await git.resolve('stable');
    expect(moved).toBe(await git.resolve('dev'));
    expect(moved).not.toBe(first);

    await expect(
      engine.create(order(promote('move-tag', 'stable', 'main'))),
    ).rejects.toThrow(/main is not ahead of the tag stable: it lacks 1/);
    await expect(
      engine.create(order(promote('move-tag', 'stable'), 'pull-request')),
    ).resolves.toMatchObject({ change: { state: 'unchanged' } });
    expect(await git.resolve('stable')).toBe(moved);
  });

  it.each([
    ['merge-branch', 'prod', 'dev'],
    ['merge-branch', 'staging', 'nowhere'],
    ['move-tag', 'newest', 'dev'],
  ] as const)(
    'names what is not there (%s %s %s)',
    async (strategy, to, from) => {
      const { engine } = await start();
      await expect(
        engine.create(order(promote(strategy, to, from))),
      ).rejects.toThrow(/prod|nowhere|newest/);
    },
  );
});
