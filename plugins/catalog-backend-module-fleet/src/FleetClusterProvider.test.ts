import { mockServices } from '@backstage/backend-test-utils';
import { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import { Matrix } from '@backstage-fleet/plugin-fleet-common';
import { clusterOf, matrixOf } from './__testUtils__/matrix';
import { FleetClusterProvider } from './FleetClusterProvider';

/** A catalog that two replicas give entities to, by the names of its clusters. */
class Catalog {
  clusters = new Set<string>();
  mutations = 0;

  readonly connection = {
    refresh: async () => {},
    applyMutation: async (mutation: EntityProviderMutation) => {
      this.mutations++;
      if (mutation.type === 'full') this.clusters.clear();
      const added =
        mutation.type === 'full' ? mutation.entities : mutation.added;
      added.forEach(({ entity }) => this.clusters.add(entity.metadata.name));
    },
  };
}

/** A replica of the backend that reads the fleet's backend, as far as that one knows. */
function replica(catalog: Catalog, read: () => Matrix) {
  let seen: string | undefined;
  const provider = new FleetClusterProvider({
    reader: {
      read: async () => {
        const matrix = read();
        const etag = JSON.stringify(matrix);
        if (etag === seen) return undefined;
        seen = etag;
        return matrix;
      },
      forget: () => {
        seen = undefined;
      },
    },
    schedule: { run: async () => {} },
    entities: {
      owner: 'unknown',
      namespace: 'default',
      labels: [],
      relations: true,
    },
    logger: mockServices.logger.mock(),
  });
  return () => provider.refresh(catalog.connection);
}

const before = matrixOf({ clusters: [clusterOf('a')] });
const after = matrixOf({ clusters: [clusterOf('a'), clusterOf('b')] });

it('gives what is the same once', async () => {
  const catalog = new Catalog();
  let matrix = before;
  const run = replica(catalog, () => matrix);
  await run();
  // Another revision of the fleet that says nothing new of clusters.
  matrix = { ...before, revision: 2 };
  await run();
  expect(catalog.mutations).toBe(1);
  matrix = after;
  await run();
  expect(catalog.mutations).toBe(2);
  expect([...catalog.clusters]).toEqual(['a', 'b']);
});

it('mends in the end what another replica gave from older news', async () => {
  const catalog = new Catalog();
  const first = replica(catalog, () => after);
  const second = replica(catalog, () => before);
  await first();
  await second();
  expect([...catalog.clusters]).toEqual(['a']);
  for (let runs = 0; runs < 21; runs++) await first();
  expect([...catalog.clusters]).toEqual(['a', 'b']);
  expect(catalog.mutations).toBe(3);
});

it('tries again after a mutation that the catalog did not take', async () => {
  const catalog = new Catalog();
  const run = replica(catalog, () => after);
  const { applyMutation } = catalog.connection;
  catalog.connection.applyMutation = async () => {
    throw new Error('The database is away.');
  };
  await run();
  catalog.connection.applyMutation = applyMutation;
  await run();
  expect([...catalog.clusters]).toEqual(['a', 'b']);
});
