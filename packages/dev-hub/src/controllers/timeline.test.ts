import { join } from 'node:path';
import { applications, applicationSets, secrets } from '../objects';
import {
  coursesOf,
  readTimelines,
  type State,
  statesOf,
} from './testing/timeline';
import { REPOSITORY_URL, World } from './testing/world';

const CALM = { sync: 'Synced', health: 'Healthy', phase: 'Succeeded' };
const SPOKE = 'https://spoke-a.example';

const deployment = (tag: string, memory = '64Mi') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: shop
          image: registry.example/shop:${tag}
          resources: { requests: { memory: ${memory} } }
`;
const CONFIG = `apiVersion: v1
kind: ConfigMap
metadata: { name: config }
data: { value: right }
`;

function spec(syncPolicy: object, path = 'shop') {
  return {
    project: 'default',
    source: { repoURL: REPOSITORY_URL, path, targetRevision: 'main' },
    destination: { name: 'spoke-a', namespace: 'shop' },
    syncPolicy,
  };
}

const AUTOMATED = { automated: { prune: true, selfHeal: true } };
const key = (name: string) => ({ name, namespace: 'argocd' });

const step = (label: string) => ({
  matchExpressions: [{ key: 'step', operator: 'In', values: [label] }],
});
const ROLLOUT = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'ApplicationSet',
  metadata: key('shop'),
  spec: {
    goTemplate: true,
    generators: [
      {
        clusters: {
          selector: { matchExpressions: [{ key: 'step', operator: 'Exists' }] },
        },
      },
    ],
    strategy: {
      type: 'RollingSync',
      rollingSync: { steps: [step('1'), step('2')] },
    },
    template: {
      metadata: {
        name: 'shop-{{.name}}',
        labels: { step: '{{.metadata.labels.step}}' },
      },
      spec: {
        ...spec(AUTOMATED),
        destination: { name: '{{.name}}', namespace: 'shop' },
      },
    },
  },
};

const operate = (world: World, name: string, sync: object = {}) =>
  world.store.modify(applications, key(name), draft => {
    draft.operation = { initiatedBy: { username: 'ada' }, sync };
  });
const refresh = (world: World, name: string) =>
  world.store.modify(applications, key(name), draft => {
    draft.metadata.annotations = { 'argocd.argoproj.io/refresh': 'normal' };
  });

interface Case {
  title: string;
  /** Of the recording, and of the same Application here. */
  names: [recorded: string, here: string];
  before?: State;
  /** What comes before, at rest when it is done. */
  prepare?: (world: World) => unknown;
  act: (world: World) => unknown;
  /** States that only the recording has, with the reason. */
  onlyRecorded?: { states: string[]; because: string };
}

const rolledOut = (world: World) =>
  world.store.create(applicationSets, ROLLOUT);
const running = (policy: object, path?: string) => (world: World) =>
  world.addApplication('app', spec(policy, path));

const cases: Case[] = [
  ...['a', 'b'].map(spoke => ({
    title:
      'RollingSync deployment from commit to Healthy (no webhook, reconciliation every 20 s)',
    names: [`shop-spoke-${spoke}`, `shop-spoke-${spoke}`] as [string, string],
    before: CALM,
    prepare: rolledOut,
    act: (world: World) => world.commit({ 'shop/a.yaml': deployment('2.0.0') }),
  })),
  {
    title: 'A rollout that turns Degraded in step 1, and the revert',
    names: ['shop-spoke-a', 'shop-spoke-a'],
    before: CALM,
    prepare: rolledOut,
    act: world => world.commit({ 'shop/a.yaml': deployment('2.0.0', '96Gi') }),
  },
  {
    title: 'The revert',
    names: ['shop-spoke-a', 'shop-spoke-a'],
    before: { ...CALM, health: 'Degraded' },
    prepare: async world => {
      rolledOut(world);
      await world.pass(60);
      await world.commit({ 'shop/a.yaml': deployment('2.0.0', '96Gi') });
    },
    act: world => world.commit({ 'shop/a.yaml': deployment('1.0.0') }),
  },
  {
    title: 'Automated Application whose Deployment never becomes ready',
    names: ['st-degraded', 'app'],
    act: running(AUTOMATED, 'big'),
  },
  {
    title: 'Manual sync by an operation patch',
    names: ['st-manual', 'app'],
    before: { sync: 'OutOfSync', health: 'Missing' },
    prepare: running({}),
    act: world => operate(world, 'app'),
  },
  {
    title: 'Partial sync',
    names: ['st-manual', 'app'],
    before: CALM,
    prepare: async world => {
      running({})(world);
      await world.pass(30);
      operate(world, 'app');
    },
    act: world =>
      operate(world, 'app', {
        resources: [{ group: 'apps', kind: 'Deployment', name: 'shop' }],
        revision: 'main',
      }),
  },
  {
    title: 'Deployment paused in Git (step 1): Suspended',
    names: ['shop-spoke-a', 'shop-spoke-a'],
    before: CALM,
    prepare: rolledOut,
    act: world =>
      world.commit({
        'shop/a.yaml': deployment('2.0.0').replace(
          'spec:\n',
          'spec:\n  paused: true\n',
        ),
      }),
  },
  {
    title: 'Drift healed by selfHeal',
    names: ['st-shared-2', 'app'],
    before: CALM,
    prepare: running(AUTOMATED, 'config'),
    act: world => {
      const spoke = world.clusters.open(SPOKE);
      const [live] = spoke.trackedBy('app');
      spoke.apply({ ...live, data: { value: 'wrong' } }, 'shop');
      refresh(world, 'app');
    },
  },
  {
    title: 'Cascading deletion with the finalizer',
    names: ['st-finalizer', 'app'],
    before: CALM,
    prepare: world =>
      world.addApplication('app', spec(AUTOMATED), {
        finalizers: ['resources-finalizer.argocd.argoproj.io'],
      }),
    act: world => world.store.remove(applications, key('app')),
    onlyRecorded: {
      states: ['Synced/Progressing'],
      because: 'what is deleted is gone at once on the spokes here',
    },
  },
  {
    title: 'Deletion without finalizer',
    names: ['st-shared-1', 'app'],
    before: CALM,
    prepare: running(AUTOMATED),
    act: world => world.store.remove(applications, key('app')),
  },
  {
    title: 'Automated prune',
    names: ['tool-one', 'app'],
    before: CALM,
    prepare: running(AUTOMATED, 'two'),
    act: world => world.commit({ 'two/b.yaml': undefined }),
  },
  {
    title: 'Cluster lost',
    names: ['shop-spoke-c', 'app'],
    before: CALM,
    prepare: running({ automated: {} }),
    act: world => {
      world.clusters.setReachable(SPOKE, false);
      refresh(world, 'app');
    },
  },
  {
    title: 'Sync asked for while the cluster is unreachable',
    names: ['shop-spoke-c', 'app'],
    before: CALM,
    prepare: running({ automated: {} }),
    act: world => {
      world.clusters.setReachable(SPOKE, false);
      operate(world, 'app');
    },
  },
  {
    title: 'Cluster label removed: the ApplicationSet drops an Application',
    names: ['shop-spoke-b', 'shop-spoke-b'],
    before: CALM,
    prepare: rolledOut,
    act: world =>
      world.store.mergePatch(secrets, key('cluster-spoke-b'), {
        metadata: { labels: { step: null } },
      }),
  },
  {
    title: 'ApplicationSet deleted (cascading)',
    names: ['tool-one', 'shop-spoke-a'],
    before: CALM,
    prepare: rolledOut,
    act: world => world.store.remove(applicationSets, key('shop')),
  },
];

/** Recorded, and not compared: with the reason. */
const NOT_COMPARED: Record<string, string> = {
  'A sync that fails: RollingSync stops at step 1':
    'the recorded API server refused the patch of a kind that it did not know',
  'First sync of an automated Application with PreSync and PostSync hooks':
    'hooks are not run',
  'Automated Application whose PreSync hook fails': 'hooks are not run',
  'Automated Application with a manifest that the API server refuses':
    'spokes take any manifest',
  Drift: 'spokes are looked at on a refresh, not watched',
  'Live Deployment deleted': 'nothing was written',
  'Hard refresh': 'no state changed',
  'RollingSync deployment started by a webhook':
    'the courses are those of the deployment without one',
  'Git generator: one directory removed, one added':
    'generators are compared with Argo CD in the tests of the evaluation',
  'Controller restarted while the cluster is unreachable':
    'controllers restart with the hub',
  'Cluster unreachable, controller restarted: 217 s without any write':
    'controllers restart with the hub',
  'Cluster back after that': 'no state changed',
  'Cluster back (first time; its status had never changed)': 'no state changed',
  'Cluster label given back':
    'the recording ends before the rollout reaches the Application',
};

describe('Applications go through the states of a real Argo CD', () => {
  const timelines = readTimelines(join(__dirname, 'testdata'));
  let world: World;

  beforeEach(async () => {
    world = await World.create({
      'shop/a.yaml': deployment('1.0.0'),
      'big/a.yaml': deployment('1.0.0', '96Gi'),
      'config/a.yaml': CONFIG,
      'two/a.yaml': CONFIG,
      'two/b.yaml': CONFIG.replace('config', 'other'),
    });
    world.addCluster('spoke-a', { step: '1' });
    world.addCluster('spoke-b', { step: '2' });
  });

  afterEach(() => world.close());

  it('has looked at every timeline', () => {
    const seen = [
      ...cases.map(({ title }) => title),
      ...Object.keys(NOT_COMPARED),
    ];
    expect([...new Set(seen)].sort()).toEqual(
      [...new Set(timelines.map(({ title }) => title))].sort(),
    );
  });

  it.each(cases)('$title: $names.1', async testCase => {
    const { title, names, before, prepare, act, onlyRecorded } = testCase;
    const timeline = timelines.find(other => other.title === title)!;
    const recorded = coursesOf(statesOf(timeline, names[0], before));

    await prepare?.(world);
    await world.pass(900);
    const seen = world.seen.get(names[1]) ?? [];
    const from = Math.max(seen.length - 1, 0);
    await act(world);
    await world.pass(900);

    const states = world.seen.get(names[1])!.slice(from);
    const { compared, phases } = coursesOf(states);
    expect(compared).toEqual(
      recorded.compared.filter(state => !onlyRecorded?.states.includes(state)),
    );
    expect(phases).toEqual(recorded.phases);
  });
});
