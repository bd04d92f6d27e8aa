import type {
  IntentKind,
  IntentParameters,
  TypedIntent,
} from '@backstage-fleet/plugin-fleet-common';
import { layoutOfService } from '../../layouts';
import type { LayoutDeployment } from '../../layouts';
import { effectsOf } from '../../layouts/testdata/effects';
import { exampleRepository } from '../../layouts/testdata/exampleRepository';
import type { ClusterRecord } from '../../model/fleetSnapshot';
import type { RepositorySnapshot } from '../../model/repository';
import { withChanges } from '../../repository';
import { applyIntent } from '../applyIntent';
import { parseIntent } from '../parseIntent';
import type { ApplyIntentOptions } from '../types';

/** A cluster that only the hub knows. */
const tokyo: ClusterRecord = {
  name: 'ap-northeast-1-prod',
  server: 'https://tokyo.example.com',
  labels: { environment: 'prod', region: 'ap-northeast-1' },
  annotations: {},
};

/** An example repository with what can be asked of its service. */
interface Case {
  example: string;
  repository: RepositorySnapshot;
  service: string;
  /** A chart that nothing deploys yet. */
  newService: string;
  /** A file of the service itself, where the repository has them. */
  own?: string;
  /** Where the service runs, and where it does not. */
  on: string;
  off: string;
  /** Where the new one goes; default: both. */
  newOn?: string[];
  /** Clusters that the repository does not declare. */
  clusters?: ClusterRecord[];
  /** Deployments that can get a version of their own together, in one environment or on one cluster. */
  to: { clusters?: string[]; environments?: string[] };
}

const CASES: Case[] = [
  {
    example: 'hub-and-spoke',
    repository: exampleRepository('hub-and-spoke', 'fleet-gitops'),
    service: 'payments',
    newService: 'loyalty',
    own: 'services/payments/Chart.yaml',
    on: 'spoke-eu-west-1-prod',
    off: 'spoke-us-east-1-prod',
    to: { clusters: ['spoke-eu-west-1-prod', 'spoke-eu-west-1-staging'] },
  },
  {
    example: 'list-generator',
    repository: exampleRepository('list-generator', 'logistics-gitops'),
    service: 'tracking',
    newService: 'returns-desk',
    own: 'services/tracking/Chart.yaml',
    on: 'us-west-2-prod',
    off: tokyo.name,
    clusters: [tokyo],
    to: { environments: ['prod'] },
  },
  {
    example: 'git-generator, files',
    repository: exampleRepository('git-generator', 'media-gitops'),
    service: 'player-api',
    newService: 'subtitles',
    own: 'charts/player-api/Chart.yaml',
    on: 'media-us-east-1-prod',
    off: 'media-ap-southeast-2-prod',
    to: { environments: ['prod'] },
  },
  {
    example: 'git-generator, directories',
    repository: exampleRepository('git-generator', 'media-gitops'),
    service: 'ad-insertion',
    newService: 'regional-news',
    own: 'bases/ad-insertion/kustomization.yaml',
    on: 'media-us-east-1-prod',
    off: 'media-ap-southeast-2-prod',
    to: { clusters: ['media-us-east-1-prod'] },
  },
  {
    example: 'app-of-apps',
    repository: exampleRepository('app-of-apps', 'service-platform'),
    service: 'kube-prometheus-stack',
    newService: 'invoicing',
    on: 'prod-eu-central-1',
    off: 'dev-eu-central-1',
    to: { environments: ['prod'] },
  },
  {
    example: 'layered-values',
    repository: exampleRepository('layered-values', 'storefront-deploy'),
    service: 'reviews',
    newService: 'gift-cards',
    own: 'services/reviews/Chart.yaml',
    on: 'shop-dev',
    off: 'shop-prod',
    newOn: ['shop-dev'],
    to: { environments: ['staging'] },
  },
  {
    example: 'matrix-merge',
    repository: exampleRepository('matrix-merge', 'cluster-addons'),
    service: 'node-tuner',
    newService: 'audit-shipper',
    own: 'charts/node-tuner/Chart.yaml',
    on: 'prod-eu-west-1',
    off: 'prod-us-east-1',
    to: { environments: ['prod'] },
  },
];

/** Example repositories and what becomes of them have the same URL. */
function clustersOf({ url }: RepositorySnapshot): ClusterRecord[] {
  return CASES.find(({ repository }) => repository.url === url)?.clusters ?? [];
}

function apply<Kind extends IntentKind>(
  repository: RepositorySnapshot,
  kind: Kind,
  parameters: IntentParameters[Kind],
  options: ApplyIntentOptions = {},
) {
  const intent: TypedIntent = parseIntent({ kind, parameters });
  return applyIntent(intent, repository, {
    clusters: clustersOf(repository),
    ...options,
  });
}

function deploymentsOf(
  repository: RepositorySnapshot,
  service: string,
): LayoutDeployment[] {
  const context = { clusters: clustersOf(repository) };
  return layoutOfService(repository, service, undefined, context)
    .listDeployments(repository, context)
    .filter(deployment => deployment.service === service);
}

const versionsOf = (deployments: LayoutDeployment[]) =>
  Object.fromEntries(
    deployments.map(({ cluster, version }) => [cluster!, version?.text]),
  );

describe.each(CASES)('intents on $example', example => {
  const { repository, service, newService, own, on, off, to, clusters } =
    example;
  const newOn = example.newOn ?? [on, off].sort();
  const before = deploymentsOf(repository, service);
  const meant = before.filter(
    ({ cluster, environment }) =>
      (!to.clusters || to.clusters.includes(cluster!)) &&
      (!to.environments || to.environments.includes(environment!)),
  );
  const others = before.filter(deployment => !meant.includes(deployment));

  it('onboards a new service on the clusters that were named, and on no other', () => {
    const applied = apply(repository, 'service.onboard', {
      service: newService,
      clusters: newOn,
    });
    const { created, changed, deleted } = effectsOf(
      applied,
      repository,
      clusters,
    );
    expect(created).toHaveLength(newOn.length);
    expect([changed, deleted]).toEqual([[], []]);
    expect(
      deploymentsOf(withChanges(repository, applied.changes), newService)
        .map(({ cluster }) => cluster)
        .sort(),
    ).toEqual(newOn);
    expect(applied.touched).toEqual({
      services: [newService],
      clusters: newOn,
    });
  });

  it('enables and disables, one undoing the other', () => {
    const enabled = apply(repository, 'service.enable', {
      service,
      clusters: [off],
    });
    expect(effectsOf(enabled, repository, clusters)).toMatchObject({
      created: [expect.stringContaining(service)],
      changed: [],
      deleted: [],
    });
    expect(enabled.title).toBe(`Enable ${service} on ${off}`);
    const after = withChanges(repository, enabled.changes);
    const disabled = apply(after, 'service.disable', {
      service,
      clusters: [off],
    });
    const undone = withChanges(after, disabled.changes);
    expect(deploymentsOf(undone, service)).toEqual(before);
    expect(
      apply(repository, 'service.enable', { service, clusters: [on] }).changes
        .size,
    ).toBe(0);
    expect(
      apply(repository, 'service.disable', { service, clusters: [off] }).changes
        .size,
    ).toBe(0);
  });

  it('offboards everywhere and leaves the files of the service, unless told otherwise', () => {
    const applied = apply(repository, 'service.offboard', { service });
    const { created, changed, deleted } = effectsOf(
      applied,
      repository,
      clusters,
    );
    expect([created, changed]).toEqual([[], []]);
    expect(deleted).toHaveLength(before.length);
    expect(applied.touched.clusters).toEqual(
      [...new Set(before.map(({ cluster }) => cluster!))].sort(),
    );
    expect([...applied.changes.keys()]).not.toContain(own);
    const thorough = apply(repository, 'service.offboard', {
      service,
      deleteFiles: true,
    });
    const removed = [...thorough.changes].filter(
      ([file, text]) => file === own && text === undefined,
    );
    expect(removed).toHaveLength(own ? 1 : 0);
  });

  it('promotes a version to the targets and to nothing else, and rolls it back', () => {
    const promoted = apply(repository, 'service.promote', {
      service,
      version: '77.1.0',
      to,
    });
    const after = withChanges(repository, promoted.changes);
    expect(versionsOf(deploymentsOf(after, service))).toEqual({
      ...versionsOf(others),
      ...Object.fromEntries(meant.map(({ cluster }) => [cluster, '77.1.0'])),
    });
    expect(effectsOf(promoted, repository, clusters)).toMatchObject({
      created: [],
      deleted: [],
    });
    expect(promoted.touched.clusters).toEqual(
      meant.map(({ cluster }) => cluster!).sort(),
    );
    const old = meant[0].version!.text;
    const rolledBack = apply(after, 'service.rollback', {
      service,
      version: old,
      on: to,
    });
    const restored = withChanges(after, rolledBack.changes);
    expect(versionsOf(deploymentsOf(restored, service))).toEqual({
      ...versionsOf(others),
      ...Object.fromEntries(meant.map(({ cluster }) => [cluster, old])),
    });
    const again = apply(after, 'service.promote', {
      service,
      version: '77.1.0',
      to,
    });
    expect(again.changes.size).toBe(0);
    expect(again.branch).toBe(promoted.branch);
  });

  const last = before[before.length - 1].region;

  it('promotes in waves by region, each a stage that touches its clusters alone', () => {
    const parameters: IntentParameters['service.promote'] = {
      service,
      version: '78.0.0',
      to: { clusters: before.map(({ cluster }) => cluster!) },
      waves: { by: 'region', ...(last ? { order: [last] } : {}) },
    };
    const whole = apply(repository, 'service.promote', parameters);
    const regions = new Set(before.map(({ region }) => region));
    expect(whole.stages).toHaveLength(regions.size);
    expect(whole.stages![0]).toMatchObject({
      id: 'wave-1',
      title: `Wave 1: ${last ?? 'clusters without a region'}`,
      waitFor: 'healthy',
      version: '78.0.0',
    });
    let state = repository;
    const done: Record<string, string | undefined> = versionsOf(before);
    for (const stage of whole.stages!) {
      const applied = apply(state, 'service.promote', parameters, { stage });
      expect(applied.stages).toBeUndefined();
      expect(applied.branch).toBe(`${whole.branch}-${stage.id}`);
      expect(applied.touched.clusters).toEqual(stage.clusters);
      state = withChanges(state, applied.changes);
      for (const cluster of stage.clusters) done[cluster] = '78.0.0';
      expect(versionsOf(deploymentsOf(state, service))).toEqual(done);
    }
    for (const [file, text] of whole.changes)
      expect(state.files.get(file)).toBe(text);
  });

  it.each<[string, object, string]>([
    [
      'no service',
      { kind: 'service.enable', parameters: { clusters: ['a'] } },
      'parameters.service: is missing',
    ],
    [
      'template syntax in a version',
      {
        kind: 'service.rollback',
        parameters: { service, on: to, version: '{{.x}}' },
      },
      'parameters.version: is no version',
    ],
    [
      'a promotion to nowhere',
      {
        kind: 'service.promote',
        parameters: { service, version: '1.0.0', to: {} },
      },
      'parameters.to: must name at least one cluster or environment',
    ],
    [
      'a promotion of nothing',
      { kind: 'service.promote', parameters: { service, to } },
      'parameters.version: is needed, or `from`',
    ],
    [
      'waves of an unknown kind',
      {
        kind: 'service.promote',
        parameters: { service, version: '1.0.0', to, waves: { by: 'luck' } },
      },
      'parameters.waves.by: ',
    ],
    [
      'a hotfix that is forwarded to itself',
      {
        kind: 'service.hotfix',
        parameters: {
          service,
          version: '1.0.0',
          environment: 'prod',
          forwardTo: ['prod'],
        },
      },
      'parameters.forwardTo: must not name the environment that is fixed',
    ],
  ])('refuses %s', (_case, input, message) => {
    expect(() => parseIntent(input)).toThrow(message);
  });

  it.each<[string, () => unknown, string]>([
    [
      'an unknown service',
      () =>
        apply(repository, 'service.enable', {
          service: `${service}x`,
          clusters: [on],
        }),
      `Did you mean \`${service}\`?`,
    ],
    [
      'an unknown cluster',
      () =>
        apply(repository, 'service.enable', { service, clusters: [`${on}x`] }),
      `Did you mean \`${on}\``,
    ],
    [
      'an environment without the service',
      () =>
        apply(repository, 'service.promote', {
          service,
          version: '1.0.0',
          to: { environments: [before[0].environment!, 'qa'] },
        }),
      `\`${service}\` does not run in environment \`qa\``,
    ],
    [
      'a strategy that nobody carries out',
      () =>
        apply(repository, 'service.promote', {
          service,
          from: before[0].environment,
          to,
          strategy: 'merge-branch',
        }),
      'parameters.strategy: `merge-branch` works on Git branches and tags',
    ],
    [
      'a wave with a cluster that is no target',
      () =>
        apply(repository, 'service.promote', {
          service,
          version: '1.0.0',
          to: { clusters: [on] },
          waves: { by: 'list', clusters: [[on], [off]] },
        }),
      `parameters.waves.clusters: \`${off}\` is not among the targets.`,
    ],
    [
      'a path outside the services’ directories',
      () =>
        apply(repository, 'service.onboard', {
          service: newService,
          clusters: [on],
          path: 'projects',
        }),
      'parameters.path: `projects` is not inside `',
    ],
  ])('refuses %s', (_case, run, message) => {
    expect(run).toThrow(message);
  });
});

describe('service.promote', () => {
  const { repository } = CASES[1];

  it('brings the version of another environment, and keeps it for all waves', () => {
    const applied = apply(repository, 'service.promote', {
      service: 'tracking',
      from: 'staging',
      to: { environments: ['prod'] },
      waves: {
        by: 'list',
        clusters: [['us-west-2-prod'], ['eu-central-1-prod', 'sa-east-1-prod']],
      },
    });
    expect(effectsOf(applied, repository).changed).toEqual([
      'tracking-eu-central-1-prod 3.8.0 → 3.9.0',
      'tracking-sa-east-1-prod 3.7.4 → 3.9.0',
      'tracking-us-west-2-prod 3.8.0 → 3.9.0',
    ]);
    expect(applied.stages!.map(({ version }) => version)).toEqual([
      '3.9.0',
      '3.9.0',
    ]);
    expect(applied.title).toBe('Promote tracking 3.9.0 to prod');
  });

  it('asks for the version where the environment has several', () => {
    expect(() =>
      apply(repository, 'service.promote', {
        service: 'tracking',
        from: 'prod',
        to: { environments: ['staging'] },
      }),
    ).toThrow(
      'parameters.from: `tracking` has several versions in prod: 3.8.0 (eu-central-1-prod, us-west-2-prod), 3.7.4 (sa-east-1-prod). Name the version.',
    );
  });

  it('names who shares the file where the targets have none of their own', () => {
    const hub = CASES[0].repository;
    expect(() =>
      apply(hub, 'service.promote', {
        service: 'search',
        version: '9.0.0',
        to: { clusters: ['spoke-us-east-1-prod'] },
      }),
    ).toThrow(
      /^services\/search\/values\.yaml holds the version of `search` for spoke-us-east-1-prod and also for spoke-.*\. Name these too, or add a value file of its own to what deploys spoke-us-east-1-prod\.$/,
    );
  });
});

describe('service.promote by references', () => {
  const { repository } = CASES.find(
    ({ example }) => example === 'app-of-apps',
  )!;
  const promote = (
    parameters: Partial<IntentParameters['service.promote']>,
    files = repository,
  ) =>
    apply(
      files,
      'service.promote',
      {
        service: 'shipments',
        to: { environments: ['staging'] },
        ...parameters,
      },
      { references: true, branch: 'main' },
    );

  it('merges the branch that one environment follows into that of the other', () => {
    const applied = promote({ from: 'dev', strategy: 'merge-branch' });
    expect(applied).toMatchObject({
      reference: { merge: { from: 'dev', into: 'staging' } },
      title: 'Promote shipments to staging',
      commitMessage:
        'Promote shipments to staging\n\n- merge dev into staging\n',
      // What else follows the branch gets its content too.
      touched: {
        services: ['shipments', 'tracking'],
        clusters: ['staging-eu-central-1'],
      },
    });
    expect(applied.changes.size).toBe(0);
  });

  it('moves the tag that an environment follows', () => {
    const to = { environments: ['prod'] };
    expect(
      promote({ from: 'staging', to, strategy: 'move-tag' }).reference,
    ).toEqual({ moveTag: { tag: 'stable', to: 'staging' } });
    expect(
      promote({ version: 'v4.2.0', to, strategy: 'move-tag' }).reference,
    ).toEqual({ moveTag: { tag: 'stable', to: 'v4.2.0' } });
  });

  it.each<[string, () => unknown, string]>([
    [
      'a merge from nowhere',
      () => promote({ version: '1.0.0', strategy: 'merge-branch' }),
      'parameters.from: is needed to merge its branch.',
    ],
    [
      'a merge of a version',
      () =>
        promote({ version: '1.0.0', from: 'dev', strategy: 'merge-branch' }),
      'parameters.version: a merge brings what `from` has.',
    ],
    [
      'a merge in waves',
      () =>
        promote({
          from: 'dev',
          strategy: 'merge-branch',
          waves: { by: 'region' },
        }),
      'parameters.waves: a branch or tag moves for all its clusters at once.',
    ],
    [
      'a merge into several branches',
      () =>
        promote({
          from: 'dev',
          to: { environments: ['prod', 'staging'] },
          strategy: 'merge-branch',
        }),
      'parameters.to: `shipments` follows several branches there: stable, staging. Name fewer targets.',
    ],
    [
      'a merge of a branch into itself',
      () =>
        apply(
          CASES[1].repository,
          'service.promote',
          {
            service: 'tracking',
            from: 'staging',
            to: { environments: ['prod'] },
            strategy: 'merge-branch',
          },
          { references: true },
        ),
      'parameters.from: both environments follow the branch `main`. Use the strategy `edit`.',
    ],
    [
      'a hotfix where another branch is followed',
      () =>
        apply(repository, 'service.hotfix', {
          service: 'shipments',
          version: '1.0.0',
          environment: 'prod',
          forwardTo: ['dev'],
        }),
      'follows `dev` in dev, which is not the branch of these files.',
    ],
  ])('refuses %s', (_case, run, message) => {
    expect(run).toThrow(message);
  });
});

describe('service.hotfix', () => {
  const { repository } = CASES[1];
  const parameters: IntentParameters['service.hotfix'] = {
    service: 'tracking',
    version: '3.9.1',
    environment: 'prod',
    forwardTo: ['staging'],
  };

  it('fixes one environment and forwards to the others, as two stages', () => {
    const whole = apply(repository, 'service.hotfix', parameters);
    expect(whole.stages).toMatchObject([
      {
        id: 'fix',
        title: 'Fix prod',
        clusters: ['eu-central-1-prod', 'sa-east-1-prod', 'us-west-2-prod'],
      },
      {
        id: 'forward',
        title: 'Forward to staging',
        clusters: ['eu-central-1-staging', 'us-west-2-staging'],
      },
    ]);
    const [fix, forward] = whole.stages!.map(stage =>
      apply(repository, 'service.hotfix', parameters, { stage }),
    );
    expect(effectsOf(fix, repository).changed).toEqual([
      'tracking-eu-central-1-prod 3.8.0 → 3.9.1',
      'tracking-sa-east-1-prod 3.7.4 → 3.9.1',
      'tracking-us-west-2-prod 3.8.0 → 3.9.1',
    ]);
    expect(effectsOf(forward, repository).changed).toEqual([
      'tracking-eu-central-1-staging 3.9.0 → 3.9.1',
      'tracking-us-west-2-staging 3.9.0 → 3.9.1',
    ]);
    expect(new Set([whole.branch, fix.branch, forward.branch]).size).toBe(3);
    expect(effectsOf(whole, repository).changed).toHaveLength(5);
  });
});
