import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { IntentKind } from '@backstage-fleet/plugin-fleet-common';
import {
  applyIntent,
  parseIntent,
  planChanges,
} from '@backstage-fleet/plugin-fleet-gitops';
import { ChangesHarness } from '../__testUtils__/changes';
import { exampleRepository } from '../__testUtils__/exampleRepository';
import { INTENTS, STAGING } from '../__testUtils__/intents';
import { conditional, policy, unheard } from '../__testUtils__/policies';
import { AuthorizedChanges } from './authorizedChanges';
import type { FleetView } from './types';

// The repository is read by Git processes.
jest.setTimeout(60_000);

const intents = { parseIntent, applyIntent, planChanges };

describe('who is shown a plan', () => {
  let harness: ChangesHarness;
  beforeAll(async () => {
    harness = await ChangesHarness.start();
    await harness.host.commit(exampleRepository(harness.host.url));
  });
  afterAll(() => harness.stop());

  const prod = 'spoke-eu-west-1-prod';
  const deny = { result: AuthorizeResult.DENY };
  /** What a policy answers for reading deployments and clusters. */
  const reads = (name: string, params: object) => ({
    'fleet.deployment.read': conditional('fleet-deployment', {
      rule: name,
      resourceType: 'fleet-deployment',
      params,
    }),
    ...(name !== 'IS_SERVICE_OWNER' && {
      'fleet.cluster.read': conditional('fleet-cluster', {
        rule: name,
        resourceType: 'fleet-cluster',
        params,
      }),
    }),
  });
  const ROLES = {
    everything: {},
    'no deployments': { 'fleet.deployment.read': deny },
    'no clusters': { 'fleet.cluster.read': deny },
    staging: reads('IN_ENVIRONMENT', { environments: ['staging'] }),
    'its own services': reads('IS_SERVICE_OWNER', {
      claims: ['group:default/payments'],
    }),
    'another hub': reads('ON_HUB', { hubs: ['elsewhere'] }),
  } as const;
  type Role = keyof typeof ROLES;

  const view: FleetView = {
    hub: () => undefined,
    deployment: () => undefined,
    live: () => false,
    onRevision: () => () => {},
    ownerOf: service => `group:default/${service}`,
    // As the names of the example's Applications are.
    serviceOf: (_hubs, { name }) => /^(.*?)-spoke-/.exec(name)?.[1],
    placesOf: () => [STAGING, prod],
    hubsOf: (_what, name) => (name === 'ghost' ? ['elsewhere'] : []),
  };

  const changesOf = async (role: Role) =>
    new AuthorizedChanges({
      ...(await harness.replica({ intents, view })),
      auditor: unheard(),
      permissions: mockServices.permissions.mock({
        authorize: policy({}),
        authorizeConditional: policy(ROLES[role]),
      }),
    });
  const credentials = mockCredentials.user();
  const plan = async (role: Role, kind: IntentKind, parameters: object) =>
    (await changesOf(role)).plan({ credentials }, { kind, parameters });

  /** What somebody is told: the plan, or which permission is lacking. */
  const told = async (
    role: Role,
    kind: IntentKind,
    parameters: object = INTENTS[kind],
  ) => {
    const refusal = (error: Error) => {
      if (error.name !== 'NotAllowedError') throw error;
      return /permission (\S+)\.$/.exec(error.message)?.[1] ?? error.message;
    };
    const answer = await plan(role, kind, parameters).then(
      () => 'the plan',
      refusal,
    );
    // A change that is asked for tells of the same.
    const change = await (await changesOf(role))
      .create(
        { credentials },
        { intent: { kind, parameters: parameters as any }, dryRun: true },
      )
      .then(() => 'the plan', refusal);
    expect(change).toBe(answer);
    return answer;
  };

  const DEPLOYMENTS = 'fleet.deployment.read';
  const CLUSTERS = 'fleet.cluster.read';
  const PLAN = 'the plan';

  it.each<[IntentKind, Partial<Record<Role, string>>]>([
    ['service.onboard', { staging: PLAN }],
    ['service.offboard', {}],
    ['service.enable', { staging: PLAN }],
    ['service.disable', { staging: PLAN }],
    ['service.promote', { staging: PLAN, 'its own services': PLAN }],
    ['service.rollback', { staging: PLAN, 'its own services': PLAN }],
    ['service.hotfix', { 'its own services': PLAN }],
    [
      'cluster.create',
      {
        'no deployments': PLAN,
        'no clusters': CLUSTERS,
        staging: PLAN,
        'its own services': PLAN,
        'another hub': CLUSTERS,
      },
    ],
    [
      'cluster.upgrade',
      {
        'no deployments': PLAN,
        'no clusters': CLUSTERS,
        staging: PLAN,
        'its own services': PLAN,
        'another hub': CLUSTERS,
      },
    ],
    [
      'cluster.scale',
      {
        'no deployments': PLAN,
        'no clusters': CLUSTERS,
        staging: PLAN,
        'its own services': PLAN,
        'another hub': CLUSTERS,
      },
    ],
    [
      'cluster.label',
      {
        'no deployments': PLAN,
        'no clusters': CLUSTERS,
        staging: PLAN,
        'its own services': PLAN,
        'another hub': CLUSTERS,
      },
    ],
    [
      'cluster.annotate',
      {
        'no deployments': PLAN,
        'no clusters': CLUSTERS,
        staging: PLAN,
        'its own services': PLAN,
        'another hub': CLUSTERS,
      },
    ],
    [
      'cluster.recreate',
      { 'no clusters': CLUSTERS, staging: PLAN, 'another hub': CLUSTERS },
    ],
    [
      'cluster.decommission',
      { 'no clusters': CLUSTERS, staging: PLAN, 'another hub': CLUSTERS },
    ],
  ])('of %s, by what they see', async (kind, expected) => {
    const answers: Partial<Record<Role, string>> = {};
    for (const role of Object.keys(ROLES) as Role[])
      answers[role] = await told(role, kind);
    expect(answers).toEqual({
      everything: PLAN,
      'no deployments': DEPLOYMENTS,
      'no clusters': PLAN,
      staging: DEPLOYMENTS,
      'its own services': DEPLOYMENTS,
      'another hub': DEPLOYMENTS,
      ...expected,
    });
  });

  it('is told nothing of what is hidden by an error either: not even that it exists', async () => {
    const refusalOf = (kind: IntentKind, parameters: object) =>
      plan('staging', kind, parameters).catch(error => error.message);
    const hidden = await refusalOf('service.enable', {
      service: 'ledger',
      clusters: [prod],
    });
    expect(hidden).toBe(
      'You may not plan a change that reaches deployments which you may not see: it needs the permission fleet.deployment.read.',
    );
    expect(
      await refusalOf('service.enable', {
        service: 'ledger',
        clusters: ['spoke-eu-west-1-prodd'],
      }),
    ).toBe(hidden);
    const promote = {
      service: 'payments',
      from: 'prod',
      to: { environments: ['staging'] },
    };
    expect(await refusalOf('service.promote', promote)).toBe(hidden);
    const scale = (cluster: string) =>
      refusalOf('cluster.scale', { cluster, replicas: 3 });
    const hiddenCluster = await scale(prod);
    expect(hiddenCluster).toContain(CLUSTERS);
    expect(await scale('no-such-cluster')).toBe(hiddenCluster);
    // Which hub has it is told to who sees it.
    expect(await scale('hub/ghost')).toBe(hiddenCluster);
    await expect(
      plan('everything', 'cluster.scale', {
        cluster: 'hub/ghost',
        replicas: 3,
      }),
    ).rejects.toThrow('hub hub has no cluster `ghost`. Hub elsewhere has one.');
  });

  it('shows who may not see everything only the lines that change', async () => {
    const lines = async (role: Role) =>
      (await plan(role, 'service.onboard', INTENTS['service.onboard'])).edits
        .flatMap(({ diff }) => diff.split('\n'))
        .filter(line => line.startsWith(' '));
    expect(await lines('staging')).toEqual([]);
    expect(await lines('everything')).not.toEqual([]);
  });
});
