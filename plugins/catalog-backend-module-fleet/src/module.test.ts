import { Entity } from '@backstage/catalog-model';
import { CatalogBackend } from './__testUtils__/catalogBackend';
import { FleetApi } from './__testUtils__/fleetApi';
import { clusterOf, matrixOf } from './__testUtils__/matrix';

jest.setTimeout(60_000);

const payments: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'payments',
    annotations: {
      'backstage.io/managed-by-location': 'url:https://x/y',
      'backstage.io/managed-by-origin-location': 'url:https://x/y',
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'team-a' },
};

const two = matrixOf({
  clusters: [clusterOf('spoke-eu', { region: 'eu' }), clusterOf('spoke-us')],
  services: [['payments', 'component:default/payments']],
  runs: [[0, 0]],
});

const names = (entities: Entity[]) =>
  entities.map(({ metadata }) => metadata.name).sort();
const are =
  (...expected: string[]) =>
  (entities: Entity[]) =>
    names(entities).join() === expected.join();

let catalog: CatalogBackend | undefined;
afterEach(() => catalog?.stop());

it('gives the catalog the clusters, and components that depend on them', async () => {
  const fleet = new FleetApi(two);
  catalog = await CatalogBackend.start({
    fleet,
    entities: [payments],
    config: { owner: 'group:default/platform', system: 'fleet' },
  });
  await catalog.refresh();
  const entities = await catalog.resources(
    found =>
      are('spoke-eu', 'spoke-us')(found) &&
      found.some(({ relations }) =>
        relations?.some(({ type }) => type === 'dependencyOf'),
      ),
  );
  const eu = entities.find(({ metadata }) => metadata.name === 'spoke-eu');
  expect(
    eu?.relations?.map(({ type, targetRef }) => [type, targetRef]),
  ).toEqual(
    expect.arrayContaining([
      ['dependencyOf', 'component:default/payments'],
      ['ownedBy', 'group:default/platform'],
      ['partOf', 'system:default/fleet'],
    ]),
  );
  expect(eu?.metadata.links?.[0].url).toBe(
    'http://portal/fleet/clusters/hub/spoke-eu',
  );

  // What is the same is not sent again, and clusters that went go.
  await catalog.refresh();
  expect(fleet.answers).toEqual([200, 304]);
  fleet.matrix = { ...two, clusters: two.clusters.slice(0, 1) };
  await catalog.refresh();
  expect(await catalog.resources(are('spoke-eu'))).toHaveLength(1);
});

it('keeps the last entities while the fleet does not answer, and says so once', async () => {
  const fleet = new FleetApi(two);
  catalog = await CatalogBackend.start({ fleet });
  await catalog.refresh();
  await catalog.resources(are('spoke-eu', 'spoke-us'));
  fleet.matrix = undefined;
  await catalog.refresh();
  await catalog.refresh();
  expect(catalog.warnings.filter(text => text.includes('fleet'))).toEqual([
    expect.stringContaining('the catalog keeps the last ones'),
  ]);
  fleet.matrix = {
    ...two,
    clusters: [clusterOf('spoke-ap')],
    cells: { ...two.cells, row: [], column: [] },
  };
  await catalog.refresh();
  await catalog.resources(are('spoke-ap'));
});

it('keeps the clusters of a hub that is silent, and lets those of others go', async () => {
  const of = (
    clusters: ReturnType<typeof clusterOf>[],
    status: 'live' | 'connecting',
  ) => matrixOf({ clusters, hubs: { hub: 'live', shop: status } });
  const shop = clusterOf('till', { hub: 'shop' });
  const fleet = new FleetApi(
    of([clusterOf('spoke-eu'), clusterOf('spoke-us'), shop], 'live'),
  );
  catalog = await CatalogBackend.start({ fleet });
  await catalog.refresh();
  await catalog.resources(are('spoke-eu', 'spoke-us', 'till'));
  // The fleet's backend started again while the shop is cut off.
  fleet.matrix = of([clusterOf('spoke-eu')], 'connecting');
  await catalog.refresh();
  await catalog.resources(are('spoke-eu', 'till'));
  fleet.matrix = of([clusterOf('spoke-eu')], 'live');
  await catalog.refresh();
  expect(names(await catalog.resources(are('spoke-eu')))).toEqual(['spoke-eu']);
});
