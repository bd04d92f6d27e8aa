import type {
  Deployment,
  IntentKind,
  IntentParameters,
} from '@backstage-fleet/plugin-fleet-common';
import {
  applyIntent,
  evaluateRepository,
  indexRepository,
  listClaims,
  ObjectReference,
  parseIntent,
  planChanges,
  RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';
import { ChangesHarness } from '../__testUtils__/changes';
import { exampleRepository } from '../__testUtils__/exampleRepository';
import type { TestGitHost } from '../__testUtils__/gitHost';
import type { FleetView, ObservedCluster } from './types';

// Each test runs Git processes.
jest.setTimeout(120_000);

const HEALTHY = {
  sync: 'Synced',
  health: 'Healthy',
  deleting: false,
  reconciledAt: new Date(8.64e15),
} as Deployment;

/** A hub that is at once what Git says: its Applications, its clusters, its claims. */
class InstantHub implements FleetView {
  #applications = new Set<string>();
  #clusters = new Map<string, ObservedCluster>();
  #objects = new Set<string>();

  constructor(private readonly host: TestGitHost) {}

  async sync() {
    const repository: RepositorySnapshot = {
      ...(await this.host.git.snapshot('main')),
      url: new URL('fleet-gitops', this.host.url).href,
    };
    const { origins } = evaluateRepository(
      repository,
      { clusters: [], repositories: () => undefined },
      { branch: 'main' },
    );
    this.#applications = new Set(
      origins.flatMap(({ evaluation }) =>
        evaluation.status === 'ok'
          ? evaluation.applications.map(
              ({ application }) => application.metadata.name,
            )
          : [],
      ),
    );
    this.#clusters.clear();
    this.#objects.clear();
    for (const { name } of indexRepository(repository).clusters) {
      this.#clusters.set(name, { registered: true });
      this.#objects.add(`Secret ${name}`);
    }
    for (const { cluster, object } of listClaims(repository)) {
      this.#objects.add(`${object.kind} ${object.metadata.name}`);
      const { registered = false } = this.#clusters.get(cluster) ?? {};
      this.#clusters.set(cluster, {
        registered,
        provisioning: { state: 'ready' },
      });
    }
  }

  hub = () => undefined;
  live = () => true;
  onRevision = () => () => {};
  cluster = (_: string[], name: string) => this.#clusters.get(name);
  deployment = (_: string[], { name }: { name: string }) =>
    this.#applications.has(name) ? HEALTHY : undefined;

  hasObject = (_: string[], { kind, name }: ObjectReference) =>
    this.#objects.has(`${kind} ${name}`);
}

const staging = 'spoke-us-east-1-staging';
const claim = `claims/${staging}.yaml`;
const registration = `clusters/${staging}.yaml`;

interface Case<Kind extends IntentKind> {
  parameters: IntentParameters[Kind];
  /** Where it ends. */
  ends: string;
  /** The commits that it takes. */
  commits?: number;
  /** The files that are different at the end. */
  files: string[];
  overrides?: string[];
}

/** Every kind, as it is asked for on the example fleet. */
const CASES: { [Kind in IntentKind]: Case<Kind> } = {
  'service.onboard': {
    parameters: { service: 'loyalty', clusters: [staging] },
    ends: 'healthy',
    files: ['applicationsets/loyalty.yaml', registration],
  },
  'service.offboard': {
    parameters: { service: 'ledger' },
    ends: 'healthy',
    files: [
      'applicationsets/ledger.yaml',
      'clusters/spoke-ap-south-1-prod.yaml',
      'clusters/spoke-ap-south-1-staging.yaml',
      'clusters/spoke-eu-west-1-prod.yaml',
      'clusters/spoke-eu-west-1-staging.yaml',
      'clusters/spoke-us-east-1-prod.yaml',
      registration,
    ],
    overrides: ['deletions', 'production', 'last-cluster', 'empty-result'],
  },
  'service.enable': {
    parameters: { service: 'payments', clusters: ['spoke-us-east-1-prod'] },
    ends: 'healthy',
    files: ['clusters/spoke-us-east-1-prod.yaml'],
  },
  'service.disable': {
    parameters: { service: 'cart', clusters: [staging] },
    ends: 'healthy',
    files: [registration],
  },
  'service.promote': {
    parameters: {
      service: 'payments',
      version: '9.9.9',
      to: { environments: ['staging'] },
      waves: { by: 'region' },
    },
    ends: 'healthy',
    commits: 3,
    files: [
      'services/payments/values-spoke-ap-south-1-staging.yaml',
      'services/payments/values-spoke-eu-west-1-staging.yaml',
      'services/payments/values-staging.yaml',
    ],
  },
  'service.rollback': {
    parameters: {
      service: 'payments',
      version: '1.0.0',
      on: { environments: ['staging'] },
    },
    ends: 'healthy',
    files: ['services/payments/values-staging.yaml'],
  },
  'service.hotfix': {
    parameters: {
      service: 'payments',
      version: '9.9.9',
      environment: 'prod',
      forwardTo: ['staging'],
    },
    ends: 'healthy',
    commits: 2,
    files: [
      'services/payments/values-staging.yaml',
      'services/payments/values.yaml',
    ],
  },
  'cluster.create': {
    parameters: {
      blueprint: 'kro-eks',
      cluster: 'spoke-us-east-1-qa',
      parameters: {
        region: 'us-east-1',
        environment: 'staging',
        kubernetesVersion: '1.33',
      },
      labels: { enable_cart: 'true' },
    },
    ends: 'healthy',
    files: [
      'claims/spoke-us-east-1-qa.yaml',
      'clusters/spoke-us-east-1-qa.yaml',
    ],
  },
  'cluster.upgrade': {
    parameters: {
      clusters: [staging, 'spoke-eu-west-1-staging'],
      kubernetesVersion: 'v1.35.0',
      waves: { by: 'region', order: ['us-east-1'] },
    },
    ends: 'healthy',
    commits: 2,
    files: [
      'claims/spoke-eu-west-1-staging.yaml',
      claim,
      'clusters/spoke-eu-west-1-staging.yaml',
      registration,
    ],
  },
  'cluster.scale': {
    parameters: { cluster: staging, replicas: 5 },
    ends: 'healthy',
    files: [claim],
  },
  'cluster.label': {
    parameters: { cluster: staging, labels: { tier: 'gold' } },
    ends: 'merged',
    files: [registration],
  },
  'cluster.annotate': {
    parameters: { cluster: staging, annotations: { note: 'x' } },
    ends: 'merged',
    files: [registration],
  },
  'cluster.recreate': {
    parameters: { cluster: staging },
    ends: 'healthy',
    commits: 4,
    files: [],
    overrides: ['deletions', 'production'],
  },
  'cluster.decommission': {
    parameters: { cluster: staging },
    ends: 'healthy',
    commits: 3,
    files: [claim, registration],
    overrides: ['deletions', 'production'],
  },
};

describe('every way of changing the example fleet, from the order to its end', () => {
  let harness: ChangesHarness;
  afterEach(() => harness.stop());

  const run = async (kind: IntentKind, mode: 'commit' | 'pull-request') => {
    const { parameters, overrides = [] } = CASES[kind] as Case<IntentKind>;
    harness = await ChangesHarness.start();
    await harness.host.commit(exampleRepository(harness.host.url));
    const before = await harness.host.files();
    const commits = (await harness.host.log()).length;
    const hub = new InstantHub(harness.host);
    const { engine, tracker, journal, settled } = await harness.replica({
      intents: { parseIntent, applyIntent, planChanges },
      view: hub,
    });
    const { change } = await engine.create({
      intent: { kind, parameters },
      mode,
      requester: 'user:default/ada',
      overrides: overrides.map(guard => ({ guard, reason: 'Asked for' })),
    });
    // Each turn brings it one state further; the longest takes four stages of five.
    for (let turn = 0; turn < 20; turn += 1) {
      const { pullRequest, state, step } = (await journal.get(change.id))!;
      if (step === 'done') break;
      if (state === 'proposed') {
        await harness.host.merge(pullRequest!.number);
        await tracker.pollPullRequests('fleet-gitops');
      }
      await hub.sync();
      await tracker.follow();
      await settled();
    }
    const after = await harness.host.files();
    return {
      ended: (await journal.get(change.id))!,
      commits: (await harness.host.log()).length - commits,
      files: [...new Set([...before.keys(), ...after.keys()])]
        .filter(path => before.get(path) !== after.get(path))
        .sort(),
    };
  };

  it.each(Object.keys(CASES) as IntentKind[])('%s', async kind => {
    const { ends, files, commits = 1 } = CASES[kind];
    const result = await run(kind, 'commit');
    expect(result).toMatchObject({
      ended: { state: ends, step: 'done', mode: 'commit' },
      commits,
      files,
    });
    expect(result.ended.error).toBeUndefined();
    for (const stage of result.ended.stages ?? [])
      expect(stage.commit).toBeDefined();
  });
});
