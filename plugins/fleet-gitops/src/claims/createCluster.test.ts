import fc from 'fast-check';
import { parse } from 'yaml';
import { isSafeText } from '../intents/grammar';
import { planChanges } from '../plan';
import { indexRepository, withChanges } from '../repository';
import {
  emptyHub,
  exampleFile,
  exampleRepository as repository,
  exampleWith,
} from './__testUtils__/exampleRepository';
import { listBlueprints } from './blueprints';
import { checkClaim } from './checkClaim';
import { createCluster } from './createCluster';
import { listClaims } from './findClaim';

const CAPI = {
  blueprint: 'cluster-api-eks',
  cluster: 'spoke-new',
  parameters: {
    region: 'eu-west-1',
    environment: 'staging',
    kubernetesVersion: 'v1.34.1',
  },
};
const EKS = {
  ...CAPI,
  parameters: { ...CAPI.parameters, kubernetesVersion: '1.34' },
};
const POOLS = [{ name: 'general', replicas: 2 }];

const REQUESTS = {
  'cluster-api-eks': CAPI,
  'crossplane-eks-claim': { ...EKS, blueprint: 'crossplane-eks-claim' },
  'crossplane-spoke': {
    ...EKS,
    blueprint: 'crossplane-spoke',
    parameters: { ...EKS.parameters, pools: POOLS },
  },
  'kro-eks': { ...EKS, blueprint: 'kro-eks' },
};

const metadata = (blueprint: string) => ({
  name: 'spoke-new',
  namespace: 'clusters',
  annotations: { 'fleet/blueprint': blueprint, 'fleet/cluster': 'spoke-new' },
});

const CLAIMS: Record<string, object> = {
  'cluster-api-eks': {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'Cluster',
    metadata: metadata('cluster-api-eks'),
    spec: {
      topology: {
        classRef: { name: 'eks-standard' },
        version: 'v1.34.1',
        workers: {
          machineDeployments: [
            { class: 'general', name: 'general', replicas: 3 },
          ],
        },
        variables: [
          { name: 'region', value: 'eu-west-1' },
          { name: 'instanceType', value: 'm6i.large' },
        ],
      },
    },
  },
  'crossplane-eks-claim': {
    apiVersion: 'platform.acme.example/v1alpha1',
    kind: 'EKSCluster',
    metadata: metadata('crossplane-eks-claim'),
    spec: {
      compositeDeletePolicy: 'Foreground',
      parameters: {
        region: 'eu-west-1',
        kubernetesVersion: '1.34',
        nodes: { count: 3, size: 'medium' },
      },
    },
  },
  'crossplane-spoke': {
    apiVersion: 'platform.acme.example/v1',
    kind: 'SpokeCluster',
    metadata: metadata('crossplane-spoke'),
    spec: {
      crossplane: {
        compositionRef: { name: 'spokeclusters.platform.acme.example' },
      },
      region: 'eu-west-1',
      kubernetesVersion: '1.34',
      pools: [{ name: 'general', replicas: 2, instanceType: 'm6i.large' }],
    },
  },
  'kro-eks': {
    apiVersion: 'kro.run/v1alpha1',
    kind: 'EksCluster',
    metadata: metadata('kro-eks'),
    spec: {
      name: 'spoke-new',
      region: 'eu-west-1',
      version: '1.34',
      workers: { replicas: 3, instanceType: 'm6i.large' },
      tags: { environment: 'staging' },
    },
  },
};

describe('the example repository', () => {
  it('has blueprints for every provisioner, and nothing is wrong with them', () => {
    const { blueprints, problems } = listBlueprints(repository);
    expect(problems).toEqual([]);
    expect(blueprints.map(({ id, provisioner }) => [id, provisioner])).toEqual([
      ['cluster-api-eks', 'cluster-api'],
      ['crossplane-eks-claim', 'crossplane-claim'],
      ['crossplane-spoke', 'crossplane-xr'],
      ['kro-eks', 'kro'],
    ]);
  });

  it('has claims that their definitions allow', () => {
    const claims = listClaims(repository);
    expect(claims.map(({ cluster }) => cluster)).toEqual([
      'spoke-ap-south-1-prod',
      'spoke-ap-south-1-staging',
      'spoke-eu-west-1-prod',
      'spoke-eu-west-1-staging',
      'spoke-us-east-1-staging',
    ]);
    for (const { object, provisioner } of claims)
      expect(checkClaim(object, provisioner!, repository).violations).toEqual(
        [],
      );
  });
});

describe('createCluster', () => {
  it.each(Object.keys(REQUESTS) as Array<keyof typeof REQUESTS>)(
    'writes the claim and the registration of %s, once',
    id => {
      const created = createCluster(REQUESTS[id], repository);
      expect([...created.changes.keys()]).toEqual([
        'claims/spoke-new.yaml',
        'clusters/spoke-new.yaml',
      ]);
      expect(parse(created.changes.get('claims/spoke-new.yaml')!)).toEqual(
        CLAIMS[id],
      );
      expect(parse(created.changes.get('clusters/spoke-new.yaml')!)).toEqual({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name: 'spoke-new',
          namespace: 'argocd',
          labels: {
            'argocd.argoproj.io/secret-type': 'cluster',
            environment: 'staging',
            region: 'eu-west-1',
            kubernetes_version: '1.34',
          },
          annotations: {
            aws_account_id: '111122223333',
            aws_cluster_name: 'spoke-new',
            aws_region: 'eu-west-1',
            workload_repo_url: repository.url,
            workload_repo_path: 'services',
            workload_repo_revision: 'main',
          },
        },
        type: 'Opaque',
        stringData: {
          name: 'spoke-new',
          server: 'https://spoke-new.clusters.acme.example:6443',
        },
      });
      const after = withChanges(repository, created.changes);
      expect(createCluster(REQUESTS[id], after).changes.size).toBe(0);
      expect(listClaims(after)).toContainEqual(
        expect.objectContaining({ cluster: 'spoke-new', blueprintId: id }),
      );
    },
  );

  it('lets the plan say which services the cluster will receive', () => {
    const { changes } = createCluster(
      {
        ...CAPI,
        labels: { enable_cart: 'true', enable_search: 'true' },
        annotations: { aws_vpc_id: 'vpc-1' },
      },
      repository,
    );
    const plan = planChanges({
      repository,
      changes,
      hub: emptyHub,
      branch: 'main',
      touched: { services: [], clusters: ['spoke-new'] },
    });
    expect(plan.guards).toEqual([]);
    expect(
      plan.applications.map(({ action, name, cluster }) => [
        action,
        name,
        cluster,
      ]),
    ).toEqual([
      ['create', 'cart-spoke-new', 'spoke-new'],
      ['create', 'search-spoke-new', 'spoke-new'],
    ]);
  });

  it('keeps to itself what a hub adds to the Secret', () => {
    const created = createCluster(CAPI, repository);
    const after = withChanges(repository, created.changes);
    expect(
      indexRepository(after).clusters.find(({ name }) => name === 'spoke-new'),
    ).toMatchObject({ file: 'clusters/spoke-new.yaml' });
    expect(JSON.stringify(created.registration)).not.toContain('config');
  });

  it('leaves the address out where the blueprint does not know it, and lists files where a kustomization does', () => {
    const example = exampleWith({
      'blueprints/cluster-api-eks.yaml': exampleFile(
        'blueprints/cluster-api-eks.yaml',
        ['    server: https://{cluster}.clusters.acme.example:6443\n', ''],
        [
          '    file: clusters/{cluster}.yaml\n',
          '    file: clusters/{parameters.region}/{cluster}.yaml\n    project: spokes\n',
        ],
      ),
      'claims/kustomization.yaml':
        'resources:\n- ./spoke-eu-west-1-prod.yaml\n',
    });
    const { changes, registration } = createCluster(CAPI, example);
    expect(registration.stringData).toEqual({
      name: 'spoke-new',
      project: 'spokes',
    });
    expect([...changes.keys()]).toEqual([
      'claims/spoke-new.yaml',
      'claims/kustomization.yaml',
      'clusters/eu-west-1/spoke-new.yaml',
    ]);
    expect(changes.get('claims/kustomization.yaml')).toBe(
      'resources:\n- ./spoke-eu-west-1-prod.yaml\n- ./spoke-new.yaml\n',
    );
  });

  const parameters = (own: object) => ({
    ...CAPI,
    parameters: { ...CAPI.parameters, ...own },
  });
  const field = 'parameters.parameters';

  it.each<[string, object, string, string]>([
    [
      'an unknown blueprint',
      { ...CAPI, blueprint: 'cluster-api-aks' },
      'NotFoundError',
      'Did you mean `cluster-api-eks`',
    ],
    [
      'a missing parameter',
      parameters({ region: undefined }),
      'InputError',
      `${field}.region: is missing`,
    ],
    [
      'an unknown parameter',
      parameters({ zone: 'a' }),
      'InputError',
      `${field}.zone: is not known`,
    ],
    [
      'a wrong type',
      parameters({ workers: '3' }),
      'InputError',
      `${field}.workers: must be of type integer`,
    ],
    [
      'a value beyond a bound',
      parameters({ workers: 51 }),
      'InputError',
      `${field}.workers: must be <= 50`,
    ],
    [
      'a value that is not offered',
      parameters({ region: 'mars' }),
      'InputError',
      `${field}.region: must be one of \`ap-south-1\``,
    ],
    [
      'template syntax',
      parameters({ region: '{{ x }}' }),
      'InputError',
      `${field}.region: must not contain control characters or template syntax`,
    ],
    [
      'an expression of KRO',
      {
        ...REQUESTS['crossplane-spoke'],
        parameters: {
          ...REQUESTS['crossplane-spoke'].parameters,
          pools: [{ name: 'a', replicas: 1, instanceType: '${x}' }],
        },
      },
      'InputError',
      `${field}.pools[0].instanceType: must not contain`,
    ],
    [
      'a version that is none',
      parameters({ kubernetesVersion: '1.34' }),
      'InputError',
      `${field}.kubernetesVersion: must match`,
    ],
    [
      'a cluster that is registered',
      { ...CAPI, cluster: 'spoke-us-east-1-prod' },
      'ConflictError',
      'clusters/spoke-us-east-1-prod.yaml exists already and says something else',
    ],
    [
      'a cluster that has a claim',
      { ...CAPI, cluster: 'spoke-us-east-1-staging' },
      'ConflictError',
      'claims/spoke-us-east-1-staging.yaml exists already',
    ],
    [
      'a label that is none',
      { ...CAPI, labels: { region: 'a b' } },
      'InputError',
      'label `region` of the cluster is no label value',
    ],
  ])('refuses %s', (_case, request, name, message) => {
    let error: unknown;
    try {
      createCluster(request as typeof CAPI, repository);
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });

  const file = 'blueprints/crossplane-spoke.yaml';
  it.each<[string, Array<[string, string]>, string]>([
    [
      'a value that the XRD does not allow',
      [
        ['        maxItems: 5\n', ''],
        [
          'replicas:\n              title: Nodes\n              type: integer\n              minimum: 0\n              maximum: 100',
          'replicas:\n              type: integer',
        ],
      ],
      `${field}.pools: \`spec.pools[0].replicas\` must be <= 100 (SpokeCluster as platform/crossplane/spokeclusters.yaml has it)`,
    ],
    [
      'a field that the XRD does not know',
      [['path: spec.region', 'path: spec.regoin']],
      '`spec.regoin` is not known',
    ],
    [
      'a path that does not fit the manifest',
      [['path: spec.region', 'path: spec.crossplane[0]']],
      `${file}: \`spec.crossplane[0]\` does not fit the manifest: \`spec.crossplane\` is no list`,
    ],
    [
      'a version of the kind that is not defined',
      [['platform.acme.example/v1\n', 'platform.acme.example/v2\n']],
      'platform/crossplane/spokeclusters.yaml defines SpokeCluster without the version `v2`. It has: v1',
    ],
    [
      'the other way of Crossplane',
      [['provisioner: crossplane-xr', 'provisioner: crossplane-claim']],
      'SpokeCluster is no kind of claim in platform/crossplane/spokeclusters.yaml',
    ],
    [
      'a file outside the repository',
      [['file: claims/{cluster}.yaml', 'file: ../{cluster}.yaml']],
      'must not contain empty segments, . or ..',
    ],
    [
      'a file of the Git host',
      [['file: claims/{cluster}.yaml', 'file: .github/{cluster}.yaml']],
      'must not lead into .git',
    ],
    [
      'a name that stands for nothing',
      [['aws_cluster_name: "{cluster}"', 'aws_cluster_name: "{clutser}"']],
      '`clutser` is not known',
    ],
    [
      'an unknown field of the blueprint',
      [['  title: EKS', '  titel: x\n  title: EKS']],
      'spec has unknown fields: titel',
    ],
    [
      'a parameter for what is applied',
      [['path: spec.region', 'path: metadata.namespace']],
      'belongs to the manifest itself',
    ],
    [
      'a region without an entry',
      [['eu-west-1: "111122223333"\n', 'eu: "1"\n']],
      `parameters.parameters.region: \`eu-west-1\` has no entry`,
    ],
  ])('refuses %s', (_case, replacements, message) => {
    const example = exampleWith({ [file]: exampleFile(file, ...replacements) });
    const request = {
      ...REQUESTS['crossplane-spoke'],
      parameters: {
        ...REQUESTS['crossplane-spoke'].parameters,
        pools: [
          { name: 'general', replicas: _case.includes('allow') ? 101 : 1 },
        ],
      },
    };
    expect(() => createCluster(request, example)).toThrow(message);
  });

  it('checks a topology against its ClusterClass and the fields of its version', () => {
    const edit = (...replacements: Array<[string, string]>) =>
      exampleWith({
        'blueprints/cluster-api-eks.yaml': exampleFile(
          'blueprints/cluster-api-eks.yaml',
          ...replacements,
        ),
      });
    expect(() =>
      createCluster(CAPI, edit(['class: general', 'class: gpu'])),
    ).toThrow('`gpu` is not in ClusterClass `eks-standard`. It has: general');
    expect(() =>
      createCluster(CAPI, edit(['- name: instanceType', '- name: diskSize'])),
    ).toThrow('`diskSize` is no variable of ClusterClass `eks-standard`');
    expect(() =>
      createCluster(
        CAPI,
        edit([
          '            - name: region\n              value: eu-west-1\n',
          '            - name: instanceType\n              value: tiny\n',
        ]),
      ),
    ).toThrow('`spec.topology.variables` lacks `region`');
    const v1beta1 = edit(
      ['cluster.x-k8s.io/v1beta2', 'cluster.x-k8s.io/v1beta1'],
      ['classRef:\n            name: eks-standard', 'class: eks-standard'],
    );
    expect(createCluster(CAPI, v1beta1)).toMatchObject({
      checkedAgainst: 'built in',
      claim: { spec: { topology: { class: 'eks-standard' } } },
    });
    expect(() =>
      createCluster(
        CAPI,
        edit(['cluster.x-k8s.io/v1beta2', 'cluster.x-k8s.io/v1beta1']),
      ),
    ).toThrow('`spec.topology.classRef` is not known');
  });

  it('writes any safe text as the value that it is', () => {
    const example = exampleWith({
      'blueprints/kro-eks.yaml': exampleFile('blueprints/kro-eks.yaml', [
        'enum: [m6i.large, m6i.2xlarge, r6i.2xlarge]',
        'maxLength: 50',
      ]),
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 50 }),
          fc.constantFrom('on', '1e3', "': x", '# no', '- a', '!!int 1', '&a'),
        ),
        instanceType => {
          const request = {
            ...REQUESTS['kro-eks'],
            parameters: {
              ...REQUESTS['kro-eks'].parameters,
              instanceType,
            },
          };
          fc.pre(isSafeText(instanceType));
          const text = createCluster(request, example).changes.get(
            'claims/spoke-new.yaml',
          )!;
          expect(parse(text).spec).toEqual({
            ...(CLAIMS['kro-eks'] as { spec: object }).spec,
            workers: { replicas: 3, instanceType },
          });
        },
      ),
    );
  });
});
