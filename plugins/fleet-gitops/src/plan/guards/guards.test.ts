import {
  emptyHub as hub,
  shopRepository as repository,
} from '../../layouts/testdata/shopRepository';
import { planChanges, PlanOptions } from '../planChanges';

const text = (path: string) => repository.files.get(path)!;

function plan(
  changes: Record<string, string | undefined>,
  options: Partial<PlanOptions>,
) {
  return planChanges({
    repository,
    changes: new Map(Object.entries(changes)),
    hub,
    branch: 'main',
    hubId: 'hub-eu',
    ...options,
  });
}

describe('guards', () => {
  const billing = text('applicationsets/billing.yaml');
  const europe = text('clusters/europe.yaml');
  const named = { services: [], clusters: ['fra-prod'] };

  it.each<
    [string, Record<string, string | undefined>, Partial<PlanOptions>, string[]]
  >([
    [
      'an ApplicationSet that generates nothing any more',
      {
        'applicationsets/billing.yaml': billing.replace(
          'enable_billing',
          'enable_bilings',
        ),
      },
      { touched: named },
      [
        'stop empty-result: ApplicationSet `billing` would generate nothing, so Argo CD would delete all 2 of its Applications.',
        'stop deletions: Deletes 1 Application in production: `fra-prod-billing`.',
      ],
    ],
    [
      'a deletion in production, though named',
      {
        'clusters/europe.yaml': europe.replace(
          / +enable_order_history: .*\n/,
          '',
        ),
      },
      { touched: named },
      [
        'stop empty-result: ApplicationSet `order-history` would generate nothing, so Argo CD would delete all 1 of its Applications.',
        'stop deletions: Deletes 1 Application in production: `fra-prod-order-history`.',
      ],
    ],
    [
      'more deletions than allowed',
      {
        'clusters/europe.yaml': europe.replace(
          /(region: fra\n +)enable_billing: "true"\n/,
          '$1x: "1"\n',
        ),
      },
      { touched: named },
      [
        'stop deletions: Deletes 1 of 4 Applications: `fra-staging-billing`. Allowed are 3 and 20 %.',
      ],
    ],
    [
      'fewer deletions than allowed',
      {
        'clusters/europe.yaml': europe.replace(
          /(region: fra\n +)enable_billing: "true"\n/,
          '$1x: "1"\n',
        ),
      },
      { touched: named, guards: { maxDeletionShare: 0.25 } },
      [],
    ],
    [
      'two Applications of one name',
      {
        'applicationsets/copy.yaml': billing
          .replace('name: billing', 'name: copy')
          .replace('- billing.yaml', ''),
      },
      { touched: { services: [], clusters: ['fra-prod'] } },
      [
        'stop duplicate-name: Application `fra-prod-billing` would be generated 2 times, by `billing`, `copy`. Argo CD applies none of them.',
        'stop duplicate-name: Application `fra-staging-billing` would be generated 2 times, by `billing`, `copy`. Argo CD applies none of them.',
      ],
    ],
    [
      'one name twice in one ApplicationSet',
      {
        'applicationsets/billing.yaml': billing.replace(
          /( {4}- clusters:[^]*?)(?= {2}template)/,
          '$1$1',
        ),
      },
      { touched: named },
      [
        'stop duplicate-name: Application `fra-prod-billing` would be generated 2 times, by `billing`. Argo CD applies none of them.',
        'stop duplicate-name: Application `fra-staging-billing` would be generated 2 times, by `billing`. Argo CD applies none of them.',
      ],
    ],
    [
      'a cluster that the hub does not know',
      {
        'applicationsets/billing.yaml': billing.replace(
          "name: '{{.name}}'\n        namespace",
          "name: 'x-{{.name}}'\n        namespace",
        ),
      },
      {},
      [
        'stop unknown-cluster: `fra-prod-billing`, `fra-staging-billing` would go to `x-fra-prod`, `x-fra-staging`, which hub `hub-eu` does not know.',
      ],
    ],
    [
      'a project that does not exist',
      {
        'applicationsets/billing.yaml': billing.replace(
          'project: shop',
          'project: shopp',
        ),
      },
      { touched: named },
      [
        'stop unknown-project: `fra-prod-billing`, `fra-staging-billing` would belong to project `shopp`, which does not exist.',
      ],
    ],
    [
      'production that was not named',
      { 'services/billing/values.yaml': 'replicas: 3\n' },
      { touched: { services: ['billing'], clusters: ['fra-staging'] } },
      [
        'stop production: Changes 1 Application in production on clusters that were not named: `fra-prod`.',
      ],
    ],
    [
      'production by the configured names',
      { 'services/billing/values.yaml': 'replicas: 3\n' },
      {
        touched: { services: ['billing'], clusters: ['fra-prod'] },
        guards: {
          productionEnvironments: ['fra'],
          environmentLabels: ['region'],
        },
      },
      [
        'stop production: Changes 1 Application in production on clusters that were not named: `fra-staging`.',
      ],
    ],
    [
      'production, where no intent says what was meant',
      { 'services/billing/values.yaml': 'replicas: 3\n' },
      {},
      [
        'warn production: Changes 1 Application in production on clusters that were not named: `fra-prod`.',
      ],
    ],
    [
      'an ApplicationSet that would fail',
      {
        'applicationsets/billing.yaml': billing.replace(
          'team: shop',
          "team: '{{.metadata.labels.team}}'",
        ),
      },
      { touched: named },
      [
        'stop evaluation-error: ApplicationSet `billing` would fail and Argo CD would leave its Applications as they are:',
      ],
    ],
    [
      'a file that would not parse',
      { 'clusters/sgp-prod.yaml': `${text('clusters/sgp-prod.yaml')}\n x: [` },
      {},
      [
        'stop invalid-yaml: clusters/sgp-prod.yaml:13 would not be valid YAML: All mapping items must start at the same column.',
      ],
    ],
  ])('meets %s', (_case, changes, options, expected) => {
    const { guards, evaluable } = plan(changes, options);
    expect(guards.map(({ overridePermission }) => overridePermission)).toEqual(
      guards.map(({ level }) =>
        level === 'stop' ? 'fleet.change.override' : undefined,
      ),
    );
    expect(evaluable).toBe(true);
    expect(
      guards.map(({ id, level, message }) => `${level} ${id}: ${message}`),
    ).toEqual(expected.map(line => expect.stringContaining(line)));
  });
});
