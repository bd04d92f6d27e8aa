import type { Deployment } from '@backstage-fleet/plugin-fleet-common';
import {
  ChangesHarness,
  label,
  promote,
  upgrade,
} from '../__testUtils__/changes';
import type { FleetView, ObservedCluster } from './types';

// Each test runs Git processes.
jest.setTimeout(60_000);

/** A fleet whose Applications are as healthy, and whose clusters run the versions, that the test says. */
class Fleet implements FleetView {
  readonly healthy = new Set<string>();
  readonly versions: Record<string, string> = {};
  readonly claims: Record<string, ObservedCluster['provisioning']> = {};

  hub = () => undefined;
  live = () => true;
  onRevision = () => () => {};

  cluster = (_: string[], name: string): ObservedCluster =>
    this.claims[name]
      ? { registered: true, provisioning: this.claims[name] }
      : {
          registered: true,
          serverVersion: this.versions[name] ?? 'v1.33.4',
        };

  deploymentsOn = (hubs: string[], cluster: string) => [
    { ...this.deployment(hubs, { name: `shop-${cluster}` }), name: 'shop' },
  ];

  deployment(_: string[], { name }: { name: string }): Deployment {
    const health = this.healthy.has(name) ? 'Healthy' : 'Progressing';
    return {
      sync: 'Synced',
      health,
      deleting: false,
      // Compared long after every commit of the test.
      reconciledAt: new Date(Date.now() + 3_600_000),
    } as Deployment;
  }
}

describe('changes in stages', () => {
  let harness: ChangesHarness;
  let fleet: Fleet;
  const start = async () => {
    harness = await ChangesHarness.start();
    fleet = new Fleet();
    return harness.replica({ view: fleet });
  };
  afterEach(() => harness.stop());

  const order = (mode: 'commit' | 'pull-request') => ({
    intent: promote('shop', '2', [['a'], ['b']]),
    mode,
  });
  const lines = async () => {
    const files = await harness.host.files();
    return ['a', 'b'].map(name => files.get(`clusters/${name}`));
  };
  const BEFORE = ['env: dev\n', 'env: prod\n'];
  const AFTER = ['env: dev\nshop: 2\n', 'env: prod\nshop: 2\n'];

  it('writes a wave when the one before is healthy, and not earlier', async () => {
    const { engine, tracker, journal, settled } = await start();
    const { change } = await engine.create(order('commit'));
    expect(change).toMatchObject({
      state: 'merged',
      stage: 0,
      plan: { changes: 2, stages: [{ title: 'Wave 1' }, { title: 'Wave 2' }] },
      stages: [{ state: 'merged', plan: { changes: 1 } }, { id: 'wave-2' }],
    });
    expect(await lines()).toEqual([AFTER[0], BEFORE[1]]);

    await tracker.follow();
    expect(await lines()).toEqual([AFTER[0], BEFORE[1]]);

    fleet.healthy.add('app-a');
    await tracker.follow();
    await settled();
    expect(await lines()).toEqual(AFTER);
    fleet.healthy.add('app-b');
    await tracker.follow();

    const ended = await journal.get(change.id);
    expect(ended).toMatchObject({
      state: 'healthy',
      step: 'done',
      stage: 1,
      plan: { changes: 2 },
      stages: [{ state: 'healthy' }, { state: 'healthy' }],
    });
    expect(ended!.stages![0].commit!.sha).not.toBe(
      ended!.stages![1].commit!.sha,
    );
    expect(ended!.timeline.map(entry => entry.message)).toEqual([
      'changes 2',
      expect.stringMatching(/^Commit .* is on main$/),
      '1 Application is synced',
      'Wave 1 is in place and healthy. Next: Wave 2',
      expect.stringMatching(/^Commit .* is on main$/),
      '1 Application is in place and healthy',
    ]);
    expect(await harness.host.log()).toHaveLength(3);
  });

  it('opens a pull request of its own for each wave', async () => {
    const { engine, tracker, journal, settled } = await start();
    const { change } = await engine.create(order('pull-request'));
    await harness.host.merge(1);
    await tracker.pollPullRequests('fleet-gitops');
    fleet.healthy.add('app-a');
    await tracker.follow();
    await settled();
    expect(await journal.get(change.id)).toMatchObject({
      state: 'proposed',
      pullRequest: { number: 2, state: 'open' },
      stages: [
        { pullRequest: { number: 1, state: 'merged' } },
        { branch: 'fleet/promote/shop-wave-2' },
      ],
    });
    await harness.host.merge(2);
    fleet.healthy.add('app-b');
    await tracker.pollPullRequests('fleet-gitops');
    await tracker.follow();
    expect((await journal.get(change.id))?.state).toBe('healthy');
    expect(await lines()).toEqual(AFTER);
  });

  it('holds the next wave back while paused, and goes on when resumed', async () => {
    const { engine, tracker, settled } = await start();
    const { change } = await engine.create(order('commit'));
    await engine.act(change.id, 'pause', 'user:default/ada');
    fleet.healthy.add('app-a');
    await tracker.follow();
    await settled();
    expect(await lines()).toEqual([AFTER[0], BEFORE[1]]);
    await expect(engine.act(change.id, 'pause')).rejects.toThrow(
      /is paused already/,
    );

    const resumed = await engine.act(change.id, 'resume', 'user:default/ada');
    expect(resumed.timeline.at(-1)?.message).toBe(
      'Resumed by user:default/ada: Wave 2 may follow',
    );
    await tracker.follow();
    await settled();
    expect(await lines()).toEqual(AFTER);
  });

  it('writes nothing more once stopped', async () => {
    const { engine, tracker, settled } = await start();
    const { change } = await engine.create(order('commit'));
    expect(await engine.act(change.id, 'stop')).toMatchObject({
      state: 'stopped',
      step: 'done',
    });
    fleet.healthy.add('app-a');
    await tracker.follow();
    await settled();
    expect(await lines()).toEqual([AFTER[0], BEFORE[1]]);
    await expect(engine.act(change.id, 'resume')).rejects.toThrow(
      /has ended \(stopped\)/,
    );
  });

  describe('of an upgrade', () => {
    const KUBERNETES = ['kubernetes: v1.34.1\n', ''];
    const upgraded = (count: number) =>
      BEFORE.map(
        (text, index) => `${text}${index < count ? KUBERNETES[0] : ''}`,
      );
    const go = async ({
      tracker,
      settled,
    }: Awaited<ReturnType<typeof start>>) => {
      await tracker.follow();
      await settled();
    };
    const begin = async () => {
      const replica = await start();
      const { change } = await replica.engine.create({
        intent: upgrade('v1.34.1', [['a'], ['b']]),
        mode: 'commit',
      });
      return { replica, id: change.id };
    };
    /** Everything of the first wave, but for the service that the cluster was drained of meanwhile. */
    const nearly = () => {
      fleet.versions.a = 'v1.34.1';
      fleet.healthy.add('app-a');
    };

    it('wait for the version and for the services', async () => {
      const { replica, id } = await begin();
      expect(await lines()).toEqual(upgraded(1));
      fleet.healthy.add('app-a').add('shop-a');
      await go(replica);
      expect(await lines()).toEqual(upgraded(1));
      fleet.healthy.delete('shop-a');
      nearly();
      await go(replica);
      expect(await lines()).toEqual(upgraded(1));
      fleet.healthy.add('shop-a');
      await go(replica);
      expect(await lines()).toEqual(upgraded(2));

      fleet.versions.b = 'v1.34.1';
      fleet.healthy.add('app-b').add('shop-b');
      await go(replica);
      const ended = await replica.journal.get(id);
      expect(ended).toMatchObject({
        state: 'healthy',
        step: 'done',
        stages: [{ state: 'healthy' }, { state: 'healthy' }],
      });
      expect(ended!.timeline.map(entry => entry.message)).toEqual([
        'changes 2',
        expect.stringMatching(/^Commit .* is on main$/),
        'Wave 1 is over: a runs the version, and what is deployed there is healthy. Next: Wave 2',
        expect.stringMatching(/^Commit .* is on main$/),
        'b runs the version, and what is deployed there is healthy',
      ]);
    });

    it('wait for the version that a claim’s status tells, though it is ready all the time', async () => {
      const { replica } = await begin();
      fleet.healthy.add('app-a').add('shop-a');
      const claim = { state: 'ready', version: '1.34' } as const;
      fleet.claims.a = { ...claim, running: '1.33' };
      await go(replica);
      expect(await lines()).toEqual(upgraded(1));
      fleet.claims.a = { ...claim, running: '1.34' };
      await go(replica);
      expect(await lines()).toEqual(upgraded(2));
    });

    it('can be held back, gone on with and stopped', async () => {
      const { replica, id } = await begin();
      await replica.engine.act(id, 'pause');
      nearly();
      fleet.healthy.add('shop-a');
      await go(replica);
      expect(await lines()).toEqual(upgraded(1));
      await replica.engine.act(id, 'resume');
      fleet.healthy.delete('shop-a');
      await go(replica);
      expect(await lines()).toEqual(upgraded(1));
      await replica.engine.act(id, 'stop');
      fleet.healthy.add('shop-a');
      await go(replica);
      expect(await lines()).toEqual(upgraded(1));
    });
  });

  it('is gone on with by another replica where the process ends between two waves', async () => {
    const { engine, journal } = await start();
    const { change } = await engine.create(order('commit'));
    fleet.healthy.add('app-a');
    // This one ends as soon as the next stage is journaled.
    const dying = await harness.replica({ view: fleet });
    jest.spyOn(dying.engine, 'goOn').mockResolvedValue();
    await dying.tracker.follow();
    await dying.tracker.follow();
    expect(await journal.get(change.id)).toMatchObject({
      step: 'write',
      stage: 1,
    });

    harness.skewMs = 10 * 60_000;
    const other = await harness.replica({ view: fleet });
    await other.engine.resume();
    await other.engine.resume();
    expect(await lines()).toEqual(AFTER);
    expect(await harness.host.log()).toHaveLength(3);
  });

  it('goes over a wave that the branch already says', async () => {
    const { engine, tracker, journal, settled } = await start();
    const { change } = await engine.create(order('commit'));
    await harness.host.commit({ 'clusters/b': AFTER[1] });
    fleet.healthy.add('app-a').add('app-b');
    await tracker.follow();
    await settled();
    await tracker.follow();
    expect(await journal.get(change.id)).toMatchObject({
      state: 'merged',
      step: 'done',
      stages: [{ state: 'healthy' }, { state: 'merged' }],
    });
    expect(await lines()).toEqual(AFTER);
    expect(await harness.host.log()).toHaveLength(3);
  });
});

describe('an open pull request whose base moves', () => {
  let harness: ChangesHarness;
  afterEach(() => harness.stop());

  const propose = async () => {
    harness = await ChangesHarness.start();
    const replica = await harness.replica();
    const { change } = await replica.engine.create({
      intent: label('a', { tier: 'x' }),
      mode: 'pull-request',
    });
    return { ...replica, id: change.id };
  };

  it('shows the plan on the new head, and says what it does beyond what was asked for', async () => {
    const { tracker, journal, id } = await propose();
    await harness.host.commit({ 'clusters/a': 'env: dev\nalso: b\n' });
    await tracker.pollPullRequests('fleet-gitops');

    const change = await journal.get(id);
    expect(change).toMatchObject({
      state: 'proposed',
      grown: 'Beyond what was asked for: change app-b on b',
      plan: { base: { sha: await harness.host.git.resolve('main') } },
    });
    const [pull] = await harness.host.pullRequests();
    expect(pull.body).toContain('| change | `app-b` | `b` |');
    await harness.host.merge(1);
    expect((await harness.host.files()).get('clusters/a')).toBe(
      'env: dev\nalso: b\ntier: x\n',
    );
  });

  it('is left alone while the base stays', async () => {
    const { tracker, journal, id } = await propose();
    const before = await journal.get(id);
    await tracker.pollPullRequests('fleet-gitops');
    expect(await journal.get(id)).toEqual(before);
  });

  it('is superseded where the base says it meanwhile', async () => {
    const { tracker, journal, id } = await propose();
    await harness.host.commit({ 'clusters/a': 'env: dev\ntier: x\n' });
    await tracker.pollPullRequests('fleet-gitops');
    expect(await journal.get(id)).toMatchObject({
      state: 'superseded',
      step: 'done',
    });
  });

  it('keeps what a person pushed to its branch', async () => {
    const { tracker, id, journal } = await propose();
    const { branch } = (await journal.get(id))!;
    await harness.host.commit(
      { 'clusters/b': 'env: prod\nmine: 1\n' },
      { branch },
    );
    const theirs = await harness.host.git.resolve(branch!);
    await harness.host.commit({ 'clusters/a': 'env: dev\nalso: b\n' });
    await tracker.pollPullRequests('fleet-gitops');
    expect(await harness.host.git.resolve(branch!)).toBe(theirs);
    expect((await journal.get(id))?.state).toBe('proposed');
  });
});
