import { parse } from 'yaml';
import {
  exampleRepository as repository,
  exampleWith,
} from '../../claims/__testUtils__/exampleRepository';
import { withChanges } from '../../repository';
import { plan, run } from './__testUtils__/run';

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
      // The Application that applies claims.
      changes: 1,
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
