import { parse } from 'yaml';
import {
  emptyHub,
  exampleFile,
  exampleRepository as repository,
  exampleWith,
} from '../../claims/__testUtils__/exampleRepository';
import type { RepositorySnapshot } from '../../model/repository';
import { planChanges } from '../../plan';
import { indexRepository, withChanges } from '../../repository';
import { applyIntent } from '../applyIntent';
import { parseIntent } from '../parseIntent';
import type { ApplyIntentOptions } from '../types';

const OPTIONS: ApplyIntentOptions = { branch: 'main' };

function run(
  kind: string,
  parameters: object,
  files: RepositorySnapshot = repository,
  options: ApplyIntentOptions = {},
) {
  return applyIntent(parseIntent({ kind, parameters }), files, {
    ...OPTIONS,
    ...options,
  });
}

/** The lines that a change takes away and adds, by file. */
function lineChanges(
  changes: ReadonlyMap<string, string | undefined>,
  files: RepositorySnapshot = repository,
) {
  return Object.fromEntries(
    [...changes].map(([file, text]) => {
      const before = files.files.get(file)?.split('\n') ?? [];
      const after = text?.split('\n') ?? [];
      return [
        file,
        [
          ...before
            .filter(line => !after.includes(line))
            .map(line => `-${line}`),
          ...after
            .filter(line => !before.includes(line))
            .map(line => `+${line}`),
        ].map(line => line.replace(/\s+/g, ' ')),
      ];
    }),
  );
}

function failure(action: () => unknown) {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

const plan = (
  changes: ReadonlyMap<string, string | undefined>,
  files: RepositorySnapshot = repository,
) => planChanges({ repository: files, changes, hub: emptyHub, branch: 'main' });

describe('cluster.create', () => {
  const parameters = {
    blueprint: 'kro-eks',
    cluster: 'spoke-new',
    parameters: {
      region: 'us-east-1',
      environment: 'prod',
      kubernetesVersion: '1.33',
    },
    labels: { enable_ledger: 'true' },
  };

  it('writes claim and registration, and says so', () => {
    const applied = run('cluster.create', parameters);
    expect(applied).toMatchObject({
      title: 'Create cluster spoke-new',
      touched: { services: [], clusters: ['spoke-new'] },
      branch: expect.stringMatching(/^fleet\/create\/spoke-new-/),
      commitMessage: `Create cluster spoke-new

- claims/spoke-new.yaml: EksCluster spoke-new
- clusters/spoke-new.yaml: Secret spoke-new
- from blueprint kro-eks; spoke-new receives its services once KRO instance has made it
`,
    });
    expect(plan(applied.changes)).toMatchObject({
      creates: 1,
      changes: 0,
      deletes: 0,
    });
    const after = withChanges(repository, applied.changes);
    expect(run('cluster.create', parameters, after).changes.size).toBe(0);
  });

  it.each<[string, object, string]>([
    [
      'a name that is no DNS label',
      { cluster: 'Spoke' },
      'parameters.cluster: must be a DNS label',
    ],
    [
      'a label of Argo CD',
      { labels: { 'argocd.argoproj.io/secret-type': 'x' } },
      'belongs to Argo CD',
    ],
    [
      'no parameters',
      { parameters: undefined },
      'parameters.parameters: is missing',
    ],
  ])('refuses %s', (_case, own, message) => {
    expect(() => run('cluster.create', { ...parameters, ...own })).toThrow(
      message,
    );
  });
});

describe('cluster.upgrade', () => {
  it.each<[string, string, string, Record<string, string[]>]>([
    [
      'Cluster API',
      'spoke-ap-south-1-prod',
      'v1.34.1',
      {
        'claims/spoke-ap-south-1-prod.yaml': [
          '- version: v1.33.4',
          '+ version: v1.34.1',
        ],
        'clusters/spoke-ap-south-1-prod.yaml': [
          '- kubernetes_version: "1.33"',
          '+ kubernetes_version: "1.34"',
        ],
      },
    ],
    [
      'a patch of Cluster API',
      'spoke-ap-south-1-prod',
      'v1.33.9',
      {
        'claims/spoke-ap-south-1-prod.yaml': [
          '- version: v1.33.4',
          '+ version: v1.33.9',
        ],
      },
    ],
    [
      'a Crossplane claim',
      'spoke-eu-west-1-prod',
      'v1.34.1',
      {
        'claims/spoke-eu-west-1-prod.yaml': [
          '- kubernetesVersion: "1.33"',
          '+ kubernetesVersion: "1.34"',
        ],
        'clusters/spoke-eu-west-1-prod.yaml': [
          '- kubernetes_version: "1.33"',
          '+ kubernetes_version: "1.34"',
        ],
      },
    ],
    [
      'a Crossplane composite',
      'spoke-eu-west-1-staging',
      '1.35',
      {
        'claims/spoke-eu-west-1-staging.yaml': [
          '- kubernetesVersion: "1.34"',
          '+ kubernetesVersion: "1.35"',
        ],
        'clusters/spoke-eu-west-1-staging.yaml': [
          '- kubernetes_version: "1.34"',
          '+ kubernetes_version: "1.35"',
        ],
      },
    ],
    [
      'a KRO instance',
      'spoke-us-east-1-staging',
      'v1.35.0',
      {
        'claims/spoke-us-east-1-staging.yaml': [
          '- version: "1.34"',
          '+ version: "1.35"',
        ],
        'clusters/spoke-us-east-1-staging.yaml': [
          '- kubernetes_version: "1.34"',
          '+ kubernetes_version: "1.35"',
        ],
      },
    ],
    ['the version that it has', 'spoke-us-east-1-staging', '1.34', {}],
  ])('upgrades %s', (_case, cluster, kubernetesVersion, expected) => {
    const { changes } = run('cluster.upgrade', {
      clusters: [cluster],
      kubernetesVersion,
    });
    expect(lineChanges(changes)).toEqual(expected);
  });

  it('upgrades several at once, of any kind', () => {
    const { changes, title, touched } = run('cluster.upgrade', {
      clusters: ['spoke-eu-west-1-prod', 'spoke-ap-south-1-prod'],
      kubernetesVersion: 'v1.34.2',
    });
    expect(title).toBe('Upgrade 2 clusters to Kubernetes v1.34.2');
    expect(touched.clusters).toEqual([
      'spoke-ap-south-1-prod',
      'spoke-eu-west-1-prod',
    ]);
    expect([...changes.keys()]).toEqual([
      'claims/spoke-ap-south-1-prod.yaml',
      'clusters/spoke-ap-south-1-prod.yaml',
      'claims/spoke-eu-west-1-prod.yaml',
      'clusters/spoke-eu-west-1-prod.yaml',
    ]);
  });

  it('knows where Cluster API has its version without a blueprint', () => {
    const file = 'claims/spoke-ap-south-1-prod.yaml';
    const example = exampleWith({
      [file]: exampleFile(file, [
        '    fleet/blueprint: cluster-api-eks\n    fleet/cluster: spoke-ap-south-1-prod\n',
        '    team: platform\n',
      ]),
    });
    const { changes } = run(
      'cluster.upgrade',
      { clusters: ['spoke-ap-south-1-prod'], kubernetesVersion: 'v1.34.0' },
      example,
    );
    expect(lineChanges(changes, example)).toEqual({
      [file]: ['- version: v1.33.4', '+ version: v1.34.0'],
    });
  });

  it.each<
    [string, string, string, Record<string, string | undefined>, string, string]
  >([
    [
      'a version that is none',
      'spoke-ap-south-1-prod',
      'latest',
      {},
      'InputError',
      'parameters.kubernetesVersion: must be a Kubernetes version such as v1.33.4',
    ],
    [
      'a version with template syntax',
      'spoke-ap-south-1-prod',
      'v1.34.{{x}}',
      {},
      'InputError',
      'must be a Kubernetes version',
    ],
    [
      'an older version',
      'spoke-ap-south-1-staging',
      'v1.33.4',
      {},
      'InputError',
      '`v1.33.4` is older, and Kubernetes cannot be downgraded: spoke-ap-south-1-staging has `v1.34.1`.',
    ],
    [
      'an older patch',
      'spoke-ap-south-1-staging',
      'v1.34.0',
      {},
      'InputError',
      'is older',
    ],
    [
      'a skipped minor',
      'spoke-ap-south-1-prod',
      'v1.35.0',
      {},
      'InputError',
      '`v1.35.0` skips minor versions. Upgrade to 1.34 first: spoke-ap-south-1-prod has `v1.33.4`.',
    ],
    [
      'a version without its patch',
      'spoke-ap-south-1-prod',
      'v1.34',
      {},
      'InputError',
      '`v1.34` lacks the patch version. Write it as `v1.33.4`.',
    ],
    [
      'a cluster without a claim',
      'spoke-us-east-1-prod',
      '1.34',
      {},
      'NotFoundError',
      'is registered and has no claim in the repository',
    ],
    [
      'an unknown cluster',
      'spoke-us-east-2-prod',
      '1.34',
      {},
      'NotFoundError',
      'has no claim in the repository.',
    ],
    [
      'a blueprint that went',
      'spoke-us-east-1-staging',
      '1.35',
      { 'blueprints/kro-eks.yaml': undefined },
      'ConflictError',
      'claims/spoke-us-east-1-staging.yaml was made from blueprint `kro-eks`, which is not in the repository',
    ],
    [
      'a blueprint that does not say where',
      'spoke-us-east-1-staging',
      '1.35',
      {
        'blueprints/kro-eks.yaml': exampleFile('blueprints/kro-eks.yaml', [
          '  kubernetesVersion:\n    path: spec.version\n    format: "1.33"\n',
          '',
        ]),
      },
      'ConflictError',
      'blueprints/kro-eks.yaml: spec.kubernetesVersion does not say where EksCluster has its Kubernetes version',
    ],
    [
      'what the definition does not allow',
      'spoke-us-east-1-staging',
      '1.35',
      {
        'platform/kro/ekscluster.yaml': exampleFile(
          'platform/kro/ekscluster.yaml',
          ['pattern="^1\\\\.[0-9]{2}$"', 'enum="1.33,1.34"'],
        ),
      },
      'InputError',
      'parameters.kubernetesVersion: `spec.version` must be one of `1.33`, `1.34` (claims/spoke-us-east-1-staging.yaml)',
    ],
    [
      'two claims',
      'spoke-us-east-1-staging',
      '1.35',
      {
        'claims/copy.yaml': repository.files.get(
          'claims/spoke-us-east-1-staging.yaml',
        )!,
      },
      'ConflictError',
      'has more than one claim: claims/',
    ],
  ])(
    'refuses %s',
    (_case, cluster, kubernetesVersion, files, name, message) => {
      const error = failure(() =>
        run(
          'cluster.upgrade',
          { clusters: [cluster], kubernetesVersion },
          exampleWith(files),
        ),
      );
      expect(error).toMatchObject({
        name,
        message: expect.stringContaining(message),
      });
    },
  );
});

describe('cluster.scale', () => {
  it.each<[string, object, string, string[]]>([
    [
      'the only pool of Cluster API',
      { cluster: 'spoke-ap-south-1-prod', replicas: 9 },
      'Scale general of spoke-ap-south-1-prod to 9',
      ['- replicas: 6', '+ replicas: 9'],
    ],
    [
      'a pool by its name',
      { cluster: 'spoke-eu-west-1-staging', pool: 'memory', replicas: 0 },
      'Scale memory of spoke-eu-west-1-staging to 0',
      ['- replicas: 1', '+ replicas: 0'],
    ],
    [
      'a Crossplane claim',
      { cluster: 'spoke-eu-west-1-prod', replicas: 10 },
      'Scale nodes of spoke-eu-west-1-prod to 10',
      ['- count: 8', '+ count: 10'],
    ],
    [
      'a KRO instance',
      { cluster: 'spoke-us-east-1-staging', pool: 'workers', replicas: 5 },
      'Scale workers of spoke-us-east-1-staging to 5',
      ['- replicas: 3', '+ replicas: 5'],
    ],
  ])('scales %s', (_case, parameters, title, lines) => {
    const applied = run('cluster.scale', parameters);
    expect(applied.title).toBe(title);
    expect(Object.values(lineChanges(applied.changes))).toEqual([lines]);
    expect(applied.changes.size).toBe(1);
  });

  const capi = 'claims/spoke-ap-south-1-prod.yaml';
  it.each<[string, object, Record<string, string>, string]>([
    [
      'a negative number',
      { cluster: 'spoke-ap-south-1-prod', replicas: -1 },
      {},
      'parameters.replicas: must not be negative',
    ],
    [
      'half a node',
      { cluster: 'spoke-ap-south-1-prod', replicas: 1.5 },
      {},
      'parameters.replicas: must be',
    ],
    [
      'no pool where there are two',
      { cluster: 'spoke-eu-west-1-staging', replicas: 1 },
      {},
      'parameters.pool: is needed, because spoke-eu-west-1-staging has 2: `general`, `memory`',
    ],
    [
      'an unknown pool',
      { cluster: 'spoke-eu-west-1-staging', pool: 'memry', replicas: 1 },
      {},
      'has no pool `memry`. Did you mean `memory`?',
    ],
    [
      'more than the definition allows',
      { cluster: 'spoke-eu-west-1-prod', replicas: 51 },
      {},
      'parameters.replicas: `spec.parameters.nodes.count` must be <= 50',
    ],
    [
      'a pool that the autoscaler sizes',
      { cluster: 'spoke-ap-south-1-prod', replicas: 9 },
      {
        [capi]: exampleFile(capi, [
          '          replicas: 6\n',
          '          metadata:\n            annotations:\n              cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size: "9"\n',
        ]),
      },
      'pool `general` has no fixed size: the cluster autoscaler sizes it',
    ],
  ])('refuses %s', (_case, parameters, files, message) => {
    expect(() => run('cluster.scale', parameters, exampleWith(files))).toThrow(
      message,
    );
  });
});

describe('cluster.decommission', () => {
  const cluster = 'spoke-us-east-1-staging';
  const claimFile = `claims/${cluster}.yaml`;
  const clusterFile = `clusters/${cluster}.yaml`;

  it('goes in three stages, each of which the one before allows', () => {
    const whole = run('cluster.decommission', { cluster });
    expect(whole.title).toBe(`Decommission ${cluster}`);
    expect([...whole.changes]).toEqual([
      [clusterFile, undefined],
      [claimFile, undefined],
    ]);
    expect(whole.stages).toEqual([
      {
        id: 'drain',
        title: `Drain ${cluster}`,
        waitFor: 'removed',
        clusters: [cluster],
      },
      {
        id: 'unregister',
        title: `Unregister ${cluster}`,
        waitFor: 'removed',
        clusters: [cluster],
        objects: [
          {
            apiVersion: 'v1',
            kind: 'Secret',
            namespace: 'argocd',
            name: cluster,
          },
        ],
      },
      {
        id: 'delete-claim',
        title: `Delete the claim of ${cluster}`,
        waitFor: 'removed',
        clusters: [cluster],
        objects: [
          {
            apiVersion: 'kro.run/v1alpha1',
            kind: 'EksCluster',
            namespace: 'clusters',
            name: cluster,
          },
        ],
      },
    ]);

    const [drain, unregister, deletion] = whole.stages!;
    const drained = run('cluster.decommission', { cluster }, repository, {
      stage: drain,
    });
    expect(drained.stages).toBeUndefined();
    expect(drained.branch).toBe(`${whole.branch}-drain`);
    expect(lineChanges(drained.changes)).toEqual({
      [clusterFile]: [
        'accounts',
        'cart',
        'checkout',
        'ledger',
        'notifications',
        'payments',
        'recommendations',
        'search',
      ].map(service => `- enable_${service}: "true"`),
    });
    expect(plan(drained.changes)).toMatchObject({
      creates: 0,
      changes: 0,
      deletes: 8,
    });

    const afterDrain = withChanges(repository, drained.changes);
    const unregistered = run('cluster.decommission', { cluster }, afterDrain, {
      stage: unregister,
    });
    expect([...unregistered.changes]).toEqual([[clusterFile, undefined]]);
    expect(plan(unregistered.changes, afterDrain).deletes).toBe(0);

    const afterUnregister = withChanges(afterDrain, unregistered.changes);
    const deleted = run('cluster.decommission', { cluster }, afterUnregister, {
      stage: deletion,
    });
    expect([...deleted.changes]).toEqual([[claimFile, undefined]]);

    const gone = withChanges(afterUnregister, deleted.changes);
    for (const stage of whole.stages!)
      expect(
        run('cluster.decommission', { cluster }, gone, { stage }).changes.size,
      ).toBe(0);
    expect(
      failure(() => run('cluster.decommission', { cluster }, gone)).name,
    ).toBe('NotFoundError');
  });

  it('is the same where the hub still has the labels that go', () => {
    const { clusters } = indexRepository(repository);
    const live = clusters.map(({ name, server, labels, annotations }) => ({
      name,
      server,
      labels,
      annotations,
    }));
    expect(
      run('cluster.decommission', { cluster }, repository, { clusters: live }),
    ).toEqual(run('cluster.decommission', { cluster }));
  });

  it('neither unregisters what still runs services nor deletes what is registered', () => {
    const { stages } = run('cluster.decommission', { cluster });
    const at =
      (index: number, files = repository) =>
      () =>
        run('cluster.decommission', { cluster }, files, {
          stage: stages![index],
        });
    expect(at(1)).toThrow('still receives accounts, cart, checkout, ledger');
    expect(at(2)).toThrow(`is still registered in ${clusterFile}`);
  });

  it('drains a cluster without a claim and unregisters it', () => {
    const { stages, changes } = run('cluster.decommission', {
      cluster: 'spoke-us-east-1-prod',
    });
    expect(stages!.map(({ id }) => id)).toEqual(['drain', 'unregister']);
    expect([...changes]).toEqual([
      ['clusters/spoke-us-east-1-prod.yaml', undefined],
    ]);
  });

  it('takes one document out of a file, and the file off the list beside it', () => {
    const example = exampleWith({
      [clusterFile]: undefined,
      'clusters/all.yaml': `# Clusters\n---\n${repository.files.get(
        clusterFile,
      )}---\n# another\nkind: ConfigMap\napiVersion: v1\nmetadata: { name: x }\n`,
      'claims/kustomization.yaml': `resources:\n  - spoke-eu-west-1-prod.yaml\n  - ${cluster}.yaml # KRO\n`,
    });
    const { changes } = run('cluster.decommission', { cluster }, example);
    expect(changes.get('clusters/all.yaml')).toBe(
      '# Clusters\n---\n# another\nkind: ConfigMap\napiVersion: v1\nmetadata: { name: x }\n',
    );
    expect(changes.get('claims/kustomization.yaml')).toBe(
      'resources:\n  - spoke-eu-west-1-prod.yaml\n',
    );
    expect(changes.has(claimFile)).toBe(true);
  });

  const selecting = (selector: string) => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: agents
  namespace: argocd
spec:
  goTemplate: true
  generators:
    - clusters:
        selector: ${selector}
  template:
    metadata: { name: "agent-{{.name}}" }
    spec:
      project: default
      source: { repoURL: "${repository.url}", path: services/cart, targetRevision: main }
      destination: { name: "{{.name}}", namespace: agents }
`;

  it('takes away any label that selects the cluster', () => {
    const example = exampleWith({
      'applicationsets/agents.yaml': selecting(
        '{ matchExpressions: [{ key: environment, operator: In, values: [staging] }] }',
      ),
    });
    const { stages } = run('cluster.decommission', { cluster }, example);
    const { changes } = run('cluster.decommission', { cluster }, example, {
      stage: stages![0],
    });
    expect(changes.get(clusterFile)).not.toContain('environment: staging');
    expect(plan(changes, example).deletes).toBe(9);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'something that goes to every cluster',
      { 'applicationsets/agents.yaml': selecting('{}') },
      'cannot be drained: applicationsets/agents.yaml deploys agent-spoke-us-east-1-staging to it',
    ],
    [
      'the hub itself',
      {
        [clusterFile]: exampleFile(clusterFile, [
          `https://${cluster}.clusters.acme.example:6443`,
          'https://kubernetes.default.svc',
        ]),
      },
      'is the hub itself',
    ],
  ])('refuses %s', (_case, files, message) => {
    expect(() =>
      run('cluster.decommission', { cluster }, exampleWith(files)),
    ).toThrow(message);
  });

  it('is stopped by a guard where a service would lose its last cluster', () => {
    const last = indexRepository(repository)
      .clusters.filter(({ name }) => name !== cluster)
      .map(({ file }) => file);
    const example = exampleWith(
      Object.fromEntries(
        last.map(file => [
          file,
          repository.files.get(file)!.replace(/ +enable_cart: "true"\n/, ''),
        ]),
      ),
    );
    const { changes } = run('cluster.decommission', { cluster }, example);
    expect(plan(changes, example).guards).toContainEqual(
      expect.objectContaining({
        level: 'stop',
        message: expect.stringContaining(
          '`services-cart` would generate nothing',
        ),
      }),
    );
  });
});

describe('cluster.recreate', () => {
  const cluster = 'spoke-ap-south-1-staging';

  it('takes the cluster away and puts its files back as they were', () => {
    const whole = run('cluster.recreate', { cluster });
    expect(whole.stages!.map(({ id, waitFor }) => [id, waitFor])).toEqual([
      ['drain', 'removed'],
      ['unregister', 'removed'],
      ['delete-claim', 'removed'],
      ['put-back', 'healthy'],
    ]);
    let files = repository;
    for (const stage of whole.stages!) {
      const { changes } = run('cluster.recreate', { cluster }, files, {
        stage,
      });
      expect(changes.size).toBeGreaterThan(0);
      files = withChanges(files, changes);
    }
    expect(Object.fromEntries(files.files)).toEqual(
      Object.fromEntries(repository.files),
    );
    const [, , , putBack] = whole.stages!;
    expect(
      run('cluster.recreate', { cluster }, files, { stage: putBack }).changes
        .size,
    ).toBe(0);
    const other = exampleWith({ [`claims/${cluster}.yaml`]: 'kind: Other\n' });
    expect(() =>
      run('cluster.recreate', { cluster }, other, { stage: putBack }),
    ).toThrow('was written again meanwhile and says something else');
  });

  it('needs a claim', () => {
    const error = failure(() =>
      run('cluster.recreate', { cluster: 'spoke-us-east-1-prod' }),
    );
    expect(error).toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('has no claim'),
    });
  });
});

it('keeps the example’s claims as their blueprints would write them', () => {
  const claim = parse(
    repository.files.get('claims/spoke-us-east-1-staging.yaml')!,
  );
  const without = exampleWith({
    'claims/spoke-us-east-1-staging.yaml': undefined,
    'clusters/spoke-us-east-1-staging.yaml': undefined,
  });
  const { changes } = run(
    'cluster.create',
    {
      blueprint: 'kro-eks',
      cluster: 'spoke-us-east-1-staging',
      parameters: {
        region: 'us-east-1',
        environment: 'staging',
        kubernetesVersion: '1.34',
      },
    },
    without,
  );
  expect(parse(changes.get('claims/spoke-us-east-1-staging.yaml')!)).toEqual(
    claim,
  );
});
