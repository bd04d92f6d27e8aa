import {
  exampleFile,
  exampleWith,
} from '../../claims/__testUtils__/exampleRepository';
import { run } from './__testUtils__/run';

const XRD = 'platform/crossplane/eksclusters.yaml';
const CLAIM = 'claims/spoke-eu-west-1-prod.yaml';
const RULE = "self.region.matchesGlob('eu-*') || self.nodes.count < 9";

/** The definition with a rule that calls a function which is not known here, and one that can be checked. */
const repository = exampleWith({
  [XRD]: exampleFile(XRD, [
    '                  required: [region, kubernetesVersion, nodes]\n',
    `                  required: [region, kubernetesVersion, nodes]
                  x-kubernetes-validations:
                    - rule: self.nodes.count > 0
                    - rule: ${RULE}
`,
  ]),
});

describe('rules of a claim that cannot be evaluated', () => {
  const found = (file: string) => [
    {
      file,
      field: 'spec.parameters',
      rule: RULE,
      reason: expect.stringMatching(/./),
    },
  ];

  it.each<[string, string, object, string]>([
    [
      'an upgrade',
      'cluster.upgrade',
      { clusters: ['spoke-eu-west-1-prod'], kubernetesVersion: '1.34' },
      CLAIM,
    ],
    [
      'another size',
      'cluster.scale',
      { cluster: 'spoke-eu-west-1-prod', replicas: 9 },
      CLAIM,
    ],
    [
      'a new cluster',
      'cluster.create',
      {
        blueprint: 'crossplane-eks-claim',
        cluster: 'spoke-new',
        parameters: {
          region: 'eu-west-1',
          environment: 'staging',
          kubernetesVersion: '1.34',
        },
      },
      'claims/spoke-new.yaml',
    ],
  ])('are told of %s, and in its commit', (_case, kind, parameters, file) => {
    const applied = run(kind, parameters, repository);
    expect(applied.notChecked).toEqual(found(file));
    expect(applied.commitMessage).toContain(
      `- ${file}: not checked: spec.parameters: ${RULE} (`,
    );
    expect(run(kind, parameters).notChecked).toBeUndefined();
  });

  it('are not told of a claim that stays as it is', () => {
    const { changes, notChecked } = run(
      'cluster.upgrade',
      { clusters: ['spoke-eu-west-1-prod'], kubernetesVersion: '1.33' },
      repository,
    );
    expect([changes.size, notChecked]).toEqual([0, undefined]);
  });
});
