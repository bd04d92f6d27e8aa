import type { Deployment } from '@backstage-fleet/plugin-fleet-common';
import {
  applyIntent,
  indexRepository,
  ObjectReference,
  parseIntent,
  planChanges,
} from '@backstage-fleet/plugin-fleet-gitops';
import { ChangesHarness } from '../__testUtils__/changes';
import { exampleRepository } from '../__testUtils__/exampleRepository';
import type { FleetView, ObservedCluster } from './types';

// Each test runs Git processes.
jest.setTimeout(120_000);

const intents = { parseIntent, applyIntent, planChanges };
const cluster = 'spoke-us-east-1-staging';
const OVERRIDES = [
  { guard: 'deletions', reason: 'The region is given up' },
  { guard: 'production', reason: 'The region is given up' },
];

/** A hub that shows what the test says. */
class Hub implements FleetView {
  /** Names of Applications that are there. */
  applications = new Set<string>();
  /** Kinds and names of objects that are there. */
  objects = new Set<string>();
  clusters = new Map<string, ObservedCluster>();

  hub = () => undefined;
  live = () => true;
  onRevision = () => () => {};
  cluster = (_: string[], name: string) => this.clusters.get(name);
  hasObject = (_: string[], { kind, name }: ObjectReference) =>
    this.objects.has(`${kind} ${name}`);

  deployment(_: string[], { name }: { name: string }): Deployment | undefined {
    return this.applications.has(name)
      ? ({
          sync: 'Synced',
          health: 'Healthy',
          deleting: false,
          reconciledAt: new Date(8.64e15),
        } as Deployment)
      : undefined;
  }
}

describe('changes of the example fleet from beginning to end', () => {
  let harness: ChangesHarness;
  let hub: Hub;
  const start = async (changes: Record<string, string | undefined> = {}) => {
    harness = await ChangesHarness.start();
    hub = new Hub();
    await harness.host.commit(exampleRepository(harness.host.url));
    if (Object.keys(changes).length) await harness.host.commit(changes);
    const replica = await harness.replica({ intents, view: hub });
    return {
      ...replica,
      /** The fleet is looked at, and what follows is written. */
      async follow() {
        await replica.tracker.follow();
        await replica.settled();
      },
    };
  };
  afterEach(() => harness.stop());

  const exists = async (path: string) => (await harness.host.files()).has(path);
  const claimFile = `claims/${cluster}.yaml`;
  const clusterFile = `clusters/${cluster}.yaml`;

  it('decommissions a cluster in order: drain, unregister, delete the claim', async () => {
    const { engine, journal, follow } = await start();
    hub.objects.add(`Secret ${cluster}`).add(`EksCluster ${cluster}`);
    const { change } = await engine.create({
      intent: { kind: 'cluster.decommission', parameters: { cluster } },
      mode: 'commit',
      overrides: OVERRIDES,
    });
    const drained = change.stages![0].plan!.applications;
    expect(drained).toHaveLength(8);
    expect(drained.every(({ action }) => action === 'delete')).toBe(true);
    drained.forEach(({ name }) => hub.applications.add(name));
    const text = (await harness.host.files()).get(clusterFile);
    expect(text).not.toContain('enable_cart:');

    // The last Application is still there.
    drained.slice(1).forEach(({ name }) => hub.applications.delete(name));
    await follow();
    expect(await exists(clusterFile)).toBe(true);

    hub.applications.clear();
    await follow();
    expect(await exists(clusterFile)).toBe(false);
    expect(await exists(claimFile)).toBe(true);

    // Argo CD has not deleted the Secret yet.
    await follow();
    expect(await exists(claimFile)).toBe(true);
    hub.objects.delete(`Secret ${cluster}`);
    await follow();
    expect(await exists(claimFile)).toBe(false);

    await follow();
    expect((await journal.get(change.id))?.step).toBe('follow');
    hub.objects.clear();
    await follow();
    expect((await journal.get(change.id))?.step).toBe('follow');
    // The Application that applies claims has seen the commit.
    hub.applications.add('claims');
    await follow();
    const ended = await journal.get(change.id);
    expect(ended?.step).toBe('done');
    expect(
      ended!.stages!.map(({ id, commit }) => [id, commit !== undefined]),
    ).toEqual([
      ['drain', true],
      ['unregister', true],
      ['delete-claim', true],
    ]);
    expect(await harness.host.log()).toHaveLength(5);
  });

  it('does not go on where a service was switched on while the cluster was drained', async () => {
    const { engine, journal, follow } = await start();
    const { change } = await engine.create({
      intent: { kind: 'cluster.decommission', parameters: { cluster } },
      mode: 'commit',
      overrides: OVERRIDES,
    });
    const text = (await harness.host.files()).get(clusterFile)!;
    await harness.host.commit({
      [clusterFile]: text.replace(
        'labels:\n',
        'labels:\n    enable_cart: "true"\n',
      ),
    });
    await follow();
    expect(await journal.get(change.id)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('still receives cart'),
    });
    expect(await exists(clusterFile)).toBe(true);
    expect(await exists(claimFile)).toBe(true);
  });

  it('refuses to take away the last cluster of a service, unless that is overridden', async () => {
    const { engine } = await start();
    const { files } = await harness.host.git.snapshot('main');
    const others = indexRepository({
      url: harness.host.url,
      sha: 'x',
      files,
    }).clusters.filter(({ name }) => name !== cluster);
    await harness.host.commit(
      Object.fromEntries(
        others.map(({ file }) => [
          file,
          files.get(file)!.replace(/ +enable_cart: "true"\n/, ''),
        ]),
      ),
    );
    const commits = (await harness.host.log()).length;
    const order = {
      intent: { kind: 'cluster.decommission', parameters: { cluster } },
      mode: 'commit' as const,
      overrides: OVERRIDES,
    };
    await expect(engine.create(order)).rejects.toMatchObject({
      name: 'GuardStopError',
      message: expect.stringContaining('services-cart'),
      plan: { deletes: 8 },
    });
    expect(await harness.host.log()).toHaveLength(commits);

    const { guards } = await engine.plan(order.intent);
    const { change } = await engine.create({
      ...order,
      overrides: guards
        .filter(({ level }) => level === 'stop')
        .map(({ id }) => ({ guard: id, reason: 'Cart is given up' })),
    });
    expect(change.state).toBe('merged');
  });

  it('recreates a cluster: takes it away, puts its files back, and waits until it is up', async () => {
    const { engine, journal, follow } = await start();
    const before = await harness.host.files();
    const { change } = await engine.create({
      intent: { kind: 'cluster.recreate', parameters: { cluster } },
      mode: 'commit',
      overrides: OVERRIDES,
    });
    for (let stage = 0; stage < 3; stage += 1) await follow();
    expect(await journal.get(change.id)).toMatchObject({
      stage: 3,
      state: 'merged',
    });
    const after = await harness.host.files();
    expect([claimFile, clusterFile].map(path => after.get(path))).toEqual(
      [claimFile, clusterFile].map(path => before.get(path)),
    );

    const state = async () => (await journal.get(change.id))?.state;
    hub.clusters.set(cluster, {
      registered: false,
      provisioning: { state: 'provisioning', message: '2 of 6 nodes ready' },
    });
    await follow();
    expect(await state()).toBe('provisioning');
    hub.clusters.set(cluster, {
      registered: true,
      provisioning: { state: 'ready' },
    });
    await follow();
    expect(await state()).toBe('registered');
    (await journal.get(change.id))!.stages![3].plan!.applications.forEach(
      ({ name }) => hub.applications.add(name),
    );
    await follow();
    expect(await state()).toBe('healthy');
  });

  it('brings a hotfix to production and forward, one change with two pull requests', async () => {
    const { engine, tracker, journal, follow } = await start();
    const { change } = await engine.create({
      intent: {
        kind: 'service.hotfix',
        parameters: {
          service: 'payments',
          version: '9.9.9',
          environment: 'prod',
          forwardTo: ['staging'],
        },
      },
      mode: 'pull-request',
      overrides: OVERRIDES,
    });
    expect(change).toMatchObject({ state: 'proposed', stage: 0 });
    await harness.host.merge(1);
    await tracker.pollPullRequests('fleet-gitops');
    await follow();
    expect(await journal.get(change.id)).toMatchObject({
      state: 'proposed',
      stage: 1,
      stages: [
        { id: 'fix', pullRequest: { number: 1, state: 'merged' } },
        { id: 'forward', pullRequest: { number: 2, state: 'open' } },
      ],
    });
    await harness.host.merge(2);
    await tracker.pollPullRequests('fleet-gitops');
    const bodies = (await harness.host.pullRequests()).map(({ body }) => body);
    expect(bodies.every(body => body?.includes(change.id))).toBe(true);
  });

  it('says so where the cluster was deleted by somebody else between plan and commit', async () => {
    const { engine, journal } = await start();
    harness.host.faults.inject({
      kind: 'advance-head',
      branch: 'main',
      changes: new Map([[clusterFile, undefined]]),
    });
    const intent = {
      kind: 'cluster.label',
      parameters: { cluster, labels: { tier: 'gold' } },
    };
    await expect(engine.create({ intent, mode: 'commit' })).rejects.toThrow(
      cluster,
    );
    expect(await exists(clusterFile)).toBe(false);
    expect(await journal.list({ limit: 1 })).toMatchObject([
      { state: 'failed', error: expect.stringContaining(cluster) },
    ]);
  });
});
