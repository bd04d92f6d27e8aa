import {
  exampleFile,
  exampleRepository as repository,
  exampleWith,
} from '../../claims/__testUtils__/exampleRepository';
import { withChanges } from '../../repository';
import type { ApplyIntentOptions } from '../types';
import { failure, lineChanges, run } from './__testUtils__/run';

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

  describe('in waves', () => {
    const clusters = [
      'spoke-eu-west-1-staging',
      'spoke-us-east-1-staging',
      'spoke-ap-south-1-staging',
    ];
    const upgrade = (waves: object, options: ApplyIntentOptions = {}) =>
      run(
        'cluster.upgrade',
        { clusters, kubernetesVersion: 'v1.35.0', waves },
        repository,
        options,
      );

    it.each<[string, object, Array<[string, string[]]>]>([
      [
        'by region',
        { by: 'region', order: ['us-east-1'] },
        [
          ['Wave 1: us-east-1', ['spoke-us-east-1-staging']],
          ['Wave 2: ap-south-1', ['spoke-ap-south-1-staging']],
          ['Wave 3: eu-west-1', ['spoke-eu-west-1-staging']],
        ],
      ],
      [
        'as listed',
        { by: 'list', clusters: [[clusters[0]], [clusters[2], clusters[1]]] },
        [
          ['Wave 1', [clusters[0]]],
          ['Wave 2', [clusters[2], clusters[1]]],
        ],
      ],
    ])(
      'goes %s, and each alone is its part of the whole',
      (_, waves, stages) => {
        const whole = upgrade(waves);
        expect(
          whole.stages!.map(({ title, clusters: names }) => [title, names]),
        ).toEqual(stages);
        let files = repository;
        for (const stage of whole.stages!) {
          expect(stage).toMatchObject({
            waitFor: 'healthy',
            version: 'v1.35.0',
          });
          const applied = run(
            'cluster.upgrade',
            { clusters, kubernetesVersion: 'v1.35.0', waves },
            files,
            { stage },
          );
          expect(applied.title).toContain(`Kubernetes v1.35.0: ${stage.title}`);
          expect(applied.touched.clusters).toEqual(stage.clusters);
          expect(applied.branch).toBe(`${whole.branch}-${stage.id}`);
          expect(applied.stages).toBeUndefined();
          expect(applied.changes.size).toBe(2 * stage.clusters.length);
          files = withChanges(files, applied.changes);
        }
        expect(files.files).toEqual(
          withChanges(repository, whole.changes).files,
        );
      },
    );

    it.each<[string, object, string]>([
      [
        'a region that none is in',
        { by: 'region', order: ['mars'] },
        'parameters.waves.order: no target is in region `mars`. Regions: ap-south-1, eu-west-1, us-east-1.',
      ],
      [
        'a cluster in no wave',
        { by: 'list', clusters: [clusters.slice(1)] },
        'parameters.waves.clusters: spoke-eu-west-1-staging is in no wave. Add it to one.',
      ],
      [
        'a cluster that is not upgraded',
        { by: 'list', clusters: [clusters, ['spoke-ap-south-1-prod']] },
        'parameters.waves.clusters: `spoke-ap-south-1-prod` is not among the targets. Remove it, or name it in `clusters`.',
      ],
      [
        'a wave of none',
        { by: 'list', clusters: [[]] },
        'parameters.waves.clusters.0: must name at least one cluster',
      ],
      ['waves by name', { by: 'name' }, 'parameters.waves.by: '],
    ])('refuses %s', (_, waves, message) => {
      expect(failure(() => upgrade(waves)).message).toContain(message);
    });

    it('refuses before the first wave what the last could not do', () => {
      const error = failure(() =>
        run('cluster.upgrade', {
          clusters: [
            'spoke-us-east-1-staging',
            'spoke-us-east-1-prod',
            'spoke-ap-south-1-prod',
          ],
          kubernetesVersion: 'v1.35.0',
          waves: { by: 'region' },
        }),
      );
      expect(error.name).toBe('InputError');
      // All of them at once.
      expect(error.message).toContain(
        '`v1.35.0` skips minor versions. Upgrade to 1.34 first: spoke-ap-south-1-prod has `v1.33.4`.',
      );
      expect(error.message).toContain(
        'Cluster `spoke-us-east-1-prod` is registered and has no claim',
      );
    });
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
