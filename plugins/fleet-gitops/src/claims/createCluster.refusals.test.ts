import {
  exampleFile,
  exampleRepository as repository,
  exampleWith,
} from './__testUtils__/exampleRepository';
import { createCluster } from './createCluster';
import { CAPI, REQUESTS } from './__testUtils__/requests';

describe('createCluster', () => {
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
});
