import type { RepositorySnapshot } from '../model/repository';
import { checkClaim } from './checkClaim';

const DEFINITION = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: eksclusters.kro.run
spec:
  group: kro.run
  scope: Namespaced
  names: { kind: EKSCluster, plural: eksclusters }
  versions:
    - name: v1alpha1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              x-kubernetes-validations:
                - rule: self.min <= self.max
                  message: min must not be above max
                - rule: inAnotherLibrary(self.address)
              properties:
                min: { type: integer, default: 1 }
                max: { type: integer }
                size: { type: integer, minimum: 3 }
                address: { type: string }
                region:
                  type: string
                  default: eu
                  x-kubernetes-validations:
                    - rule: self == oldSelf
                      message: cannot be changed
`;

const repository: RepositorySnapshot = {
  url: 'https://git.example.com/fleet.git',
  sha: 'a',
  files: new Map([['crds/ekscluster.yaml', DEFINITION]]),
};

function claim(spec: object) {
  return {
    apiVersion: 'kro.run/v1alpha1',
    kind: 'EKSCluster',
    metadata: { name: 'dev-1' },
    spec,
  };
}

function fields(spec: object, previous?: object) {
  const { violations, notChecked } = checkClaim(
    claim(spec),
    'kro',
    repository,
    [],
    previous && claim(previous),
  );
  return {
    violations: violations.map(({ field, message }) => `${field} ${message}`),
    notChecked,
  };
}

describe('checkClaim', () => {
  it('evaluates the rules of the definition, and names those that it cannot', () => {
    const { notChecked, violations } = fields({ max: 0 });
    expect(violations).toEqual([
      'spec is refused by a rule: min must not be above max',
    ]);
    expect(notChecked).toEqual([
      {
        field: 'spec',
        rule: 'inAnotherLibrary(self.address)',
        reason: expect.stringMatching(/./),
      },
    ]);
  });

  it('leaves rules for what the schema allows', () => {
    expect(fields({ max: 'many' })).toEqual({
      violations: ['spec.max must be of type integer'],
      notChecked: [],
    });
  });

  it('holds no change up for what was wrong before, and is as it was', () => {
    expect(fields({ max: 2, size: 1 }, { max: 1, size: 1 }).violations).toEqual(
      [],
    );
    expect(fields({ max: 1, size: 2 }, { max: 1, size: 1 }).violations).toEqual(
      ['spec.size must be >= 3'],
    );
    expect(fields({ max: 0, region: 'eu' }, { max: 0 }).violations).toEqual([]);
  });

  it('compares with the claim as it was, defaults included', () => {
    const changed = fields({ max: 2, region: 'us' }, { max: 1 });
    expect(changed.violations).toEqual([
      'spec.region is refused by a rule: cannot be changed',
    ]);
    expect(fields({ max: 2, region: 'eu' }, { max: 1 }).violations).toEqual([]);
    expect(fields({ max: 2, region: 'us' }).violations).toEqual([]);
  });
});
