import { Change, ChangeState } from '@backstage-fleet/plugin-fleet-common';
import { changeOf, planOf } from '../../testing/fleet';
import { stepsOfChange, stepsOfStage } from './changeSteps';

const timeline = (...states: ChangeState[]): Change['timeline'] =>
  states.map((state, at) => ({
    at: new Date(1_700_000_000_000 + at),
    state,
    message: state,
  }));

const said = (steps: ReturnType<typeof stepsOfChange>) =>
  steps.map(({ id, status }) => `${id} ${status}`).join(', ');

const noPullRequest = { pullRequest: undefined, mode: 'commit' as const };
const removal = planOf('payments', ['a'], {
  creates: 0,
  deletes: 1,
  applications: [
    {
      action: 'delete',
      name: 'payments-a',
      namespace: 'argocd',
      cluster: 'a',
      fields: [],
    },
  ],
});
const upgrading = {
  ...noPullRequest,
  plan: planOf('payments', []),
  intent: {
    kind: 'cluster.upgrade' as const,
    parameters: { clusters: ['spoke-9'], kubernetesVersion: 'v1.33.4' },
  },
};
const making = {
  intent: {
    kind: 'cluster.create' as const,
    parameters: { blueprint: 'capi', cluster: 'spoke-9', parameters: {} },
  },
};

describe('stepsOfChange', () => {
  it.each<[string, Partial<Change>, string]>([
    [
      'being written',
      {
        state: 'planned',
        timeline: timeline('planned'),
        pullRequest: undefined,
        commit: undefined,
      },
      'proposed current, merged waiting, synced waiting, healthy waiting',
    ],
    [
      'an open pull request',
      { state: 'proposed', timeline: timeline('planned', 'proposed') },
      'proposed done, merged current, synced waiting, healthy waiting',
    ],
    [
      'a direct commit',
      { ...noPullRequest, state: 'merged', timeline: timeline('merged') },
      'committed done, synced current, healthy waiting',
    ],
    [
      'an upgrade that no cluster has begun',
      { ...upgrading, state: 'merged', timeline: timeline('merged') },
      'committed done, upgraded current, healthy waiting',
    ],
    [
      'an upgrade under way',
      {
        ...upgrading,
        state: 'provisioning',
        timeline: timeline('merged', 'provisioning'),
      },
      'committed done, upgraded current, healthy waiting',
    ],
    [
      'an upgrade that failed under way',
      {
        ...upgrading,
        state: 'failed',
        timeline: timeline('merged', 'provisioning', 'failed'),
      },
      'committed done, upgraded failed, healthy stopped',
    ],
    [
      'the end, where the hub was quicker than anybody looked',
      { state: 'healthy', timeline: timeline('proposed', 'merged', 'healthy') },
      'proposed done, merged done, synced done, healthy done',
    ],
    [
      'a pull request that was closed',
      { state: 'stopped', timeline: timeline('proposed', 'stopped') },
      'proposed done, merged stopped, synced stopped, healthy stopped',
    ],
    [
      'Applications that do not become healthy',
      {
        ...noPullRequest,
        state: 'failed',
        timeline: timeline('merged', 'synced', 'failed'),
      },
      'committed done, synced done, healthy failed',
    ],
    [
      'a change without effect on Applications',
      {
        ...noPullRequest,
        state: 'merged',
        timeline: timeline('merged'),
        plan: planOf('payments', []),
      },
      'committed done',
    ],
    [
      'a removal',
      {
        ...noPullRequest,
        state: 'merged',
        timeline: timeline('merged'),
        plan: removal,
      },
      'committed done, removed current',
    ],
    [
      'a cluster that nobody began to make',
      {
        ...making,
        ...noPullRequest,
        state: 'merged',
        timeline: timeline('merged'),
        plan: planOf('payments', []),
      },
      'committed done, provisioning current, registered waiting',
    ],
    [
      'a cluster being made',
      {
        ...making,
        ...noPullRequest,
        state: 'provisioning',
        timeline: timeline('merged', 'provisioning'),
      },
      'committed done, provisioning current, registered waiting, synced waiting, healthy waiting',
    ],
    [
      'a cluster that could not be made',
      {
        ...making,
        ...noPullRequest,
        state: 'failed',
        timeline: timeline('merged', 'provisioning', 'failed'),
      },
      'committed done, provisioning failed, registered stopped, synced stopped, healthy stopped',
    ],
    [
      'a registered cluster',
      {
        ...making,
        ...noPullRequest,
        state: 'registered',
        timeline: timeline('merged', 'provisioning', 'registered'),
      },
      'committed done, provisioning done, registered done, synced current, healthy waiting',
    ],
  ])('shows %s', (_name, more, expected) => {
    expect(said(stepsOfChange(changeOf('c', more)))).toBe(expected);
  });

  it('says when a step was reached', () => {
    const [proposed, merged, synced] = stepsOfChange(
      changeOf('c', {
        state: 'merged',
        timeline: timeline('planned', 'proposed', 'merged'),
      }),
    );
    expect(proposed.at).toEqual(new Date(1_700_000_000_001));
    expect(merged.at).toEqual(new Date(1_700_000_000_002));
    expect(synced.at).toBeUndefined();
  });
});

describe('stepsOfStage', () => {
  const waves = changeOf('c', {
    state: 'proposed',
    stage: 1,
    timeline: timeline('proposed', 'merged', 'healthy', 'proposed'),
    stages: [
      {
        title: 'Wave 1',
        clusters: ['a'],
        waitFor: 'healthy',
        state: 'healthy',
        plan: planOf('payments', ['a']),
        commit: { sha: 'aaa', date: new Date(1_700_000_000_000) },
        pullRequest: { number: 1, url: 'https://git/1', state: 'merged' },
      },
      {
        title: 'Wave 2',
        clusters: ['b'],
        waitFor: 'healthy',
        state: 'proposed',
        plan: planOf('payments', ['b']),
        pullRequest: { number: 2, url: 'https://git/2', state: 'open' },
      },
      { title: 'Wave 3', clusters: ['c'], waitFor: 'healthy' },
    ],
  });

  it('keeps the stages before, at and after the one under way apart', () => {
    expect([0, 1, 2].map(at => said(stepsOfStage(waves, at)))).toEqual([
      'proposed done, merged done, synced done, healthy done',
      'proposed done, merged current, synced waiting, healthy waiting',
      'proposed waiting, merged waiting, synced waiting, healthy waiting',
    ]);
    expect(stepsOfStage(waves, 0)[1].at).toEqual(new Date(1_700_000_000_000));
  });

  it('never reaches what comes after a stop', () => {
    const stopped: Change = { ...waves, state: 'stopped' };
    expect([0, 1, 2].map(at => said(stepsOfStage(stopped, at)))).toEqual([
      'proposed done, merged done, synced done, healthy done',
      'proposed done, merged stopped, synced stopped, healthy stopped',
      'proposed stopped, merged stopped, synced stopped, healthy stopped',
    ]);
  });

  it('waits for what a stage removes, and for no more than the commit where it says so', () => {
    const decommission = changeOf('c', {
      ...noPullRequest,
      state: 'merged',
      stage: 0,
      timeline: timeline('merged'),
      stages: [
        {
          title: 'Drain',
          clusters: ['a'],
          waitFor: 'removed',
          state: 'merged',
          plan: removal,
          commit: { sha: 'a' },
        },
        {
          title: 'Unregister',
          clusters: ['a'],
          waitFor: 'removed',
          plan: planOf('x', []),
        },
        { title: 'Forward', clusters: [], waitFor: 'merged' },
      ],
    });
    expect([0, 1, 2].map(at => said(stepsOfStage(decommission, at)))).toEqual([
      'committed done, removed current',
      'committed waiting, removed waiting',
      'committed waiting',
    ]);
  });
});
