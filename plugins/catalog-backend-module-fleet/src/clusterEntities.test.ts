import {
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
  resourceEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { clusterOf, matrixOf } from './__testUtils__/matrix';
import { EntityOptions, clusterEntities } from './clusterEntities';

const options: EntityOptions = {
  portal: 'https://portal',
  owner: 'group:default/platform',
  namespace: 'default',
  labels: [],
  relations: true,
};

const entitiesOf = (
  matrix: Parameters<typeof matrixOf>[0],
  more: Partial<EntityOptions> = {},
) =>
  [
    ...clusterEntities(matrixOf(matrix), { ...options, ...more }).values(),
  ].flat();

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

it('makes a Resource of a cluster, with the components that run there', () => {
  const [entity] = entitiesOf(
    {
      clusters: [
        clusterOf('spoke-eu', {
          region: 'eu-west-1',
          environment: 'prod',
          labels: { tier: 'gold', enable_payments: 'true' },
        }),
      ],
      services: [
        ['payments', 'component:default/payments'],
        ['cart', 'component:default/cart'],
        ['nameless'],
        ['elsewhere', 'component:default/elsewhere'],
      ],
      // A service may have several Applications on one cluster.
      runs: [
        [0, 0],
        [1, 0],
        [2, 0],
        [0, 0],
      ],
    },
    { system: 'platform', labels: ['tier', 'absent'] },
  );
  expect(entity).toEqual({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      namespace: 'default',
      name: 'spoke-eu',
      title: 'spoke-eu',
      description: 'Kubernetes cluster of HUB, eu-west-1 prod',
      annotations: {
        'backstage.io/managed-by-location': 'fleet:hub',
        'backstage.io/managed-by-origin-location': 'fleet:hub',
        'fleet/cluster': 'hub/spoke-eu',
        'kubernetes.io/api-server': 'https://spoke-eu.example.com',
      },
      labels: {
        tier: 'gold',
        'fleet/hub': 'hub',
        'fleet/environment': 'prod',
        'fleet/region': 'eu-west-1',
      },
      tags: ['prod', 'eu-west-1'],
      links: [
        { title: 'Fleet', url: 'https://portal/fleet/clusters/hub/spoke-eu' },
      ],
    },
    spec: {
      type: 'kubernetes-cluster',
      owner: 'group:default/platform',
      system: 'platform',
      dependencyOf: ['component:default/cart', 'component:default/payments'],
    },
  });
});

it('gives what the catalog accepts, whatever Argo CD calls clusters', async () => {
  const entities = entitiesOf(
    {
      clusters: [
        clusterOf('in-cluster', {
          kind: 'in-cluster',
          server: 'https://kubernetes.default.svc',
        }),
        clusterOf('arn:aws:eks:eu:1:cluster/a b', {
          region: 'Frankfurt (DE)',
          environment: 'Größe',
          labels: { 'no good': 'x', team: 'not a label value!' },
        }),
        clusterOf('https://10.0.0.1', { server: '' }),
      ],
    },
    { labels: ['no good', 'team'], portal: undefined },
  );
  for (const entity of entities) {
    await expect(policy.enforce(entity)).resolves.toBeDefined();
    await expect(resourceEntityV1alpha1Validator.check(entity)).resolves.toBe(
      true,
    );
  }
  expect(entities[0].metadata).toMatchObject({
    name: 'hub',
    description: 'The cluster of HUB itself',
  });
  expect(entities[0].metadata.annotations).not.toHaveProperty(
    'kubernetes.io/api-server',
  );
  expect(entities[1].metadata.title).toBe('arn:aws:eks:eu:1:cluster/a b');
});

it('takes the owner that a cluster names, and depends on nothing where that is unwanted', () => {
  const entities = entitiesOf(
    {
      clusters: [
        clusterOf('a', { annotations: { 'acme.io/owner': 'team-a' } }),
        clusterOf('b', { labels: { 'acme.io/owner': 'team-b' } }),
        clusterOf('c'),
      ],
      services: [['payments', 'component:default/payments']],
      runs: [[0, 0]],
    },
    { ownerKey: 'acme.io/owner', relations: false },
  );
  expect(entities.map(({ spec }) => spec?.owner)).toEqual([
    'team-a',
    'team-b',
    'group:default/platform',
  ]);
  expect(entities[0].spec).not.toHaveProperty('dependencyOf');
});
