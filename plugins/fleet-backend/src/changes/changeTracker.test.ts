import { mockServices } from '@backstage/backend-test-utils';
import type { Deployment } from '@backstage-fleet/plugin-fleet-common';
import { ChangesHarness, label } from '../__testUtils__/changes';
import type { FleetView } from './types';

// Each test runs Git processes.
jest.setTimeout(60_000);

/** What a store of hubs would show, moved by the test. */
class FakeView implements FleetView {
  isLive = true;
  deployments = new Map<string, Deployment>();
  readonly #listeners = new Set<() => void>();

  hub = () => undefined;
  live = () => this.isLive;
  deployment = (_hubs: string[], { name }: { name: string }) =>
    this.deployments.get(name);
  onRevision = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  show(name: string, deployment: Partial<Deployment>) {
    this.deployments.set(name, {
      sync: 'Synced',
      health: 'Progressing',
      deleting: false,
      reconciledAt: new Date(Date.now() + 60_000),
      ...deployment,
    } as Deployment);
    this.#listeners.forEach(listener => listener());
  }
}

describe('the change tracker', () => {
  let harness: ChangesHarness;
  let view: FakeView;
  let replica: Awaited<ReturnType<ChangesHarness['replica']>>;
  beforeEach(async () => {
    harness = await ChangesHarness.start();
    view = new FakeView();
    replica = await harness.replica({ view });
  });
  afterEach(() => harness.stop());

  const create = async (mode: 'commit' | 'pull-request') =>
    (
      await replica.engine.create({
        intent: label('a', { tier: 'x' }),
        mode,
      })
    ).change;
  const states = async (id: string) =>
    (await replica.journal.get(id))!.timeline.map(entry => entry.state);
  /** Until the change's timeline has so many entries. */
  const entries = async (id: string, count: number) => {
    for (let turn = 0; turn < 200; turn += 1) {
      const timeline = await states(id);
      if (timeline.length >= count) return timeline;
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    throw new Error(`Only ${await states(id)}`);
  };

  it('follows a commit by the revisions of the fleet until it is healthy', async () => {
    const stop = replica.tracker.start();
    const { id } = await create('commit');
    await replica.tracker.follow();
    expect(await states(id)).toEqual(['planned', 'merged']);

    view.show('app-a', { health: 'Progressing' });
    expect(await entries(id, 3)).toEqual(['planned', 'merged', 'synced']);
    view.show('app-a', { health: 'Healthy' });
    expect(await entries(id, 4)).toEqual([
      'planned',
      'merged',
      'synced',
      'healthy',
    ]);
    expect(await replica.journal.following()).toEqual([]);
    expect(harness.signals).toEqual([id, id, id]);
    stop();
  });

  it('concludes nothing while a hub is not live', async () => {
    const { id } = await create('commit');
    view.isLive = false;
    view.show('app-a', { health: 'Healthy' });
    await replica.tracker.follow();
    expect(await states(id)).toEqual(['planned', 'merged']);
  });

  it('lets one of two replicas journal each step', async () => {
    const { id } = await create('commit');
    const other = await harness.replica({ view });
    view.show('app-a', { health: 'Healthy' });
    await Promise.all([replica.tracker.follow(), other.tracker.follow()]);
    expect(await states(id)).toEqual(['planned', 'merged', 'healthy']);
  });

  it('sees that a pull request was merged, with its commit', async () => {
    const { id } = await create('pull-request');
    await replica.tracker.pollPullRequests();
    expect(await states(id)).toEqual(['planned', 'proposed']);

    await harness.host.merge(1);
    await replica.tracker.pollPullRequests('fleet-gitops');
    expect(await replica.journal.get(id)).toMatchObject({
      state: 'merged',
      step: 'follow',
      pullRequest: { state: 'merged' },
      commit: { sha: await harness.host.git.resolve('main') },
    });
  });

  it('sees that a pull request was closed, and that is its end', async () => {
    const { id } = await create('pull-request');
    await harness.host.close(1);
    harness.skewMs = 60_000;
    await replica.tracker.pollPullRequests();
    expect(await replica.journal.get(id)).toMatchObject({
      state: 'stopped',
      step: 'done',
      pullRequest: { state: 'closed' },
    });
  });

  it('asks seldom for old pull requests', async () => {
    await create('pull-request');
    const asked = async (minutes: number) => {
      harness.skewMs = minutes * 60_000;
      harness.host.requests.length = 0;
      await replica.tracker.pollPullRequests();
      return harness.host.requests.filter(name => name.endsWith('/pulls/1'))
        .length;
    };
    expect(await asked(0)).toBe(1);
    expect(await asked(0)).toBe(0);
    expect(await asked(0.2)).toBe(1);
    expect(await asked(600)).toBe(1);
    expect(await asked(601)).toBe(0);
    expect(await asked(611)).toBe(1);
  });

  it('goes on with the others when one cannot be asked for', async () => {
    const first = await create('pull-request');
    const second = (
      await replica.engine.create({
        intent: label('b', { tier: 'x' }),
        mode: 'pull-request',
      })
    ).change;
    await harness.host.merge(1);
    await harness.host.merge(2);
    harness.host.gate = name =>
      name.endsWith('/pulls/1') ? 'lose-request' : 'pass';
    await replica.tracker.pollPullRequests('fleet-gitops');
    expect(await states(first.id)).toEqual(['planned', 'proposed']);
    expect(await states(second.id)).toContain('merged');
  });

  it('says once that a change cannot be followed, and that it can again', async () => {
    const logger = mockServices.logger.mock();
    replica = await harness.replica({ view, logger });
    const { id } = await create('pull-request');
    harness.host.gate = name =>
      name.endsWith('/pulls/1') ? 'lose-request' : 'pass';
    for (let turn = 0; turn < 3; turn += 1) {
      await replica.tracker.pollPullRequests('fleet-gitops');
    }
    expect(logger.warn.mock.calls).toEqual([[expect.stringContaining(id)]]);

    harness.host.gate = () => 'pass';
    await replica.tracker.pollPullRequests('fleet-gitops');
    expect(logger.info).toHaveBeenCalledWith(`Change ${id} is followed again`);
  });
});
