import type { ChangeMode } from '@backstage-fleet/plugin-fleet-common';
import { ChangesHarness, label } from '../__testUtils__/changes';

// Each test runs Git processes.
jest.setTimeout(60_000);

const REQUESTER = 'user:default/guest';

describe('the change engine', () => {
  let harness: ChangesHarness;
  const start = async (
    options: Parameters<typeof ChangesHarness.start>[0] = {},
  ) => {
    harness = await ChangesHarness.start(options);
    return harness.replica();
  };
  afterEach(() => harness.stop());

  const order = (mode: ChangeMode = 'commit', cluster = 'a', value = 'x') => ({
    intent: label(cluster, { tier: value }),
    mode,
    requester: REQUESTER,
    reason: 'Because\nof this',
  });

  it('commits an intent, journals it and signals it', async () => {
    const { engine, journal } = await start();
    const { change, written } = await engine.create(order());
    expect(written).toBe(true);
    expect(change).toMatchObject({
      state: 'merged',
      mode: 'commit',
      title: 'Label a',
      requester: REQUESTER,
      commit: { sha: await harness.host.git.resolve('main') },
      timeline: [{ state: 'planned' }, { state: 'merged' }],
    });
    expect((await harness.host.files()).get('clusters/a')).toBe(
      'env: dev\ntier: x\n',
    );
    expect((await harness.host.log())[0].trim()).toBe(
      `Label a\n\nBecause of this\n\nRequested-by: ${REQUESTER}\nFleet-Change: ${change.id}`,
    );
    expect(await journal.list({ limit: 10 })).toEqual([change]);
    expect(harness.signals).toEqual([change.id]);
  });

  it('writes nothing in a dry run and shows the plan', async () => {
    const { engine, journal } = await start();
    const { change, written } = await engine.create({
      ...order(),
      dryRun: true,
    });
    expect(written).toBe(false);
    expect(change).toMatchObject({ state: 'planned', plan: { changes: 1 } });
    expect(await harness.host.log()).toHaveLength(1);
    expect(await journal.list({ limit: 10 })).toEqual([]);
  });

  it.each<ChangeMode>(['auto', 'commit', 'pull-request'])(
    'changes nothing the second time (%s)',
    async mode => {
      const { engine, journal } = await start();
      await engine.create(order('commit'));
      const log = await harness.host.log();
      const { change, written } = await engine.create(order(mode));
      expect(written).toBe(false);
      expect(change).toMatchObject({
        state: 'unchanged',
        timeline: [{ state: 'unchanged' }],
      });
      expect(await harness.host.log()).toEqual(log);
      expect(await harness.host.pullRequests()).toEqual([]);
      expect(await journal.get(change.id)).toEqual(change);
      expect(await journal.list({ limit: 10 })).toHaveLength(1);
    },
  );

  it('opens a pull request with the plan, and an equal request adopts it', async () => {
    const { engine } = await start();
    const first = await engine.create(order('pull-request'));
    expect(first).toMatchObject({
      written: true,
      change: {
        state: 'proposed',
        branch: 'fleet/label/a-tier',
        pullRequest: { number: 1, state: 'open' },
      },
    });
    const [pull] = await harness.host.pullRequests();
    expect(pull.title).toBe('Label a');
    expect(pull.body).toContain('| change | `app-a` | `a` |');
    expect(pull.body).toContain(`Requested by \`${REQUESTER}\``);
    expect(pull.body).toContain('> Because of this');
    expect(pull.body).toContain(`<!-- fleet-change: ${first.change.id} -->`);

    const second = await engine.create(order('pull-request'));
    expect(second).toMatchObject({
      written: false,
      change: { id: first.change.id, state: 'proposed', adopted: true },
    });
    expect(await harness.host.pullRequests()).toHaveLength(1);
    expect(await harness.host.log('fleet/label/a-tier')).toHaveLength(2);
  });

  it('uses a new branch when the merged change was undone since, and reports a closed pull request', async () => {
    const { engine, tracker } = await start();
    const first = await engine.create(order('pull-request'));
    await harness.host.merge(1);
    await tracker.pollPullRequests('fleet-gitops');
    await harness.host.commit({ 'clusters/a': 'env: dev\n' });

    const second = await engine.create(order('pull-request'));
    expect(second.change).toMatchObject({
      state: 'proposed',
      branch: 'fleet/label/a-tier-2',
      pullRequest: { number: 2 },
    });
    expect(second.change.id).not.toBe(first.change.id);

    await harness.host.close(2);
    await tracker.pollPullRequests('fleet-gitops');
    await expect(engine.create(order('pull-request'))).rejects.toThrow(
      /Pull request #2 for the same change was closed without a merge: reopen it at/,
    );
  });

  it.each([1, 2, 3, 4, 5])(
    'runs the intent again when the head moved %d times',
    async times => {
      const { engine } = await start();
      harness.host.faults.inject({
        kind: 'advance-head',
        branch: 'main',
        times,
        changes: new Map([['clusters/a', 'env: dev\ntheirs: 1\n']]),
      });
      const { change } = await engine.create(order());
      expect(change.state).toBe('merged');
      expect((await harness.host.files()).get('clusters/a')).toBe(
        'env: dev\ntheirs: 1\ntier: x\n',
      );
    },
  );

  it('gives up when the head moved 6 times, and writes nothing', async () => {
    const { engine, journal } = await start();
    harness.host.faults.inject({
      kind: 'advance-head',
      branch: 'main',
      times: 6,
    });
    await expect(engine.create(order())).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('moved 6 times'),
    });
    expect((await harness.host.files()).get('clusters/a')).toBe('env: dev\n');
    expect(await journal.list({ limit: 1 })).toMatchObject([
      { state: 'failed', error: expect.stringContaining('moved 6 times') },
    ]);
  });

  it.each(['protection', 'ruleset'] as const)(
    'answers a branch with a %s by mode',
    async kind => {
      const { engine } = await start({ protectedBranches: { main: { kind } } });
      await expect(engine.create(order('commit'))).rejects.toMatchObject({
        name: 'ProtectedBranchError',
        statusCode: 409,
        message: expect.stringContaining('use mode pull-request'),
      });
      expect(await harness.host.log()).toHaveLength(1);
      expect(await harness.host.pullRequests()).toEqual([]);

      const { change } = await engine.create(order('auto'));
      expect(change).toMatchObject({ state: 'proposed', mode: 'pull-request' });
    },
  );

  it('opens a pull request when auto learns of the protection only from the refusal', async () => {
    const { engine } = await start();
    harness.host.faults.inject({
      kind: 'respond',
      method: 'PATCH',
      path: '/git/refs/',
      status: 422,
      message:
        'Required status check "build" is expected. Update is not a fast forward',
    });
    const { change } = await engine.create(order('auto'));
    expect(change).toMatchObject({ state: 'proposed', mode: 'pull-request' });
    expect(await harness.host.log()).toHaveLength(1);
  });

  it.each([
    ['wrong token', { token: 'wrong' }, /The token for .* is refused/],
    ['token that may only read', { token: 'reader' }, /lacks rights on acme/],
    ['unknown branch', { branch: 'nope' }, /Branch nope does not exist/],
  ])('writes nothing with a %s', async (_, options, message) => {
    await start();
    const { engine } = await harness.replica(options);
    await expect(engine.create(order())).rejects.toThrow(message);
    expect(await harness.host.log()).toHaveLength(1);
  });

  it('writes nothing for an intent or a file that cannot be read', async () => {
    const { engine, journal } = await start();
    await expect(
      engine.create({ ...order(), intent: { kind: 'nope' } }),
    ).rejects.toThrow(/intent.kind/);
    await harness.host.commit({ 'clusters/a': '{{ if }}' });
    await expect(engine.create(order())).rejects.toThrow(
      'clusters/a cannot be edited',
    );
    expect(await harness.host.log()).toHaveLength(2);
    expect(await journal.list({ limit: 10 })).toEqual([]);
  });

  it('stops at a guard with the plan, and goes on where it is overridden', async () => {
    const { engine } = await start();
    await harness.host.commit({ stop: '' });
    await expect(engine.create(order())).rejects.toMatchObject({
      name: 'GuardStopError',
      statusCode: 409,
      message:
        'Stopped: The fleet is frozen (guard frozen). Nothing was written.',
      plan: { changes: 1 },
    });
    await expect(
      engine.create({
        ...order(),
        overrides: [{ guard: 'frozen', reason: ' ' }],
      }),
    ).rejects.toThrow('Stopped');
    const { change } = await engine.create({
      ...order(),
      overrides: [{ guard: 'frozen', reason: 'Incident 7' }],
    });
    expect(change.state).toBe('merged');
  });

  it.each<ChangeMode>(['commit', 'auto', 'pull-request'])(
    'sends at most 9 requests for a change in mode %s, however many files there are',
    async mode => {
      const files = new Map([['clusters/a', 'env: dev\n']]);
      for (let index = 0; index < 120; index += 1) {
        files.set(`services/${index}/values.yaml`, `tag: ${index}\n`);
      }
      const { engine } = await start({ files });
      await engine.create(order(mode));
      expect(harness.host.requests.length).toBeLessThanOrEqual(9);

      harness.host.requests.length = 0;
      await harness.host.commit({
        'services/1/values.yaml': 'tag: x\n',
        'services/2/values.yaml': 'tag: y\n',
      });
      await engine.create(order(mode, 'a', 'y'));
      expect(harness.host.requests.length).toBeLessThanOrEqual(9);
    },
  );
});
