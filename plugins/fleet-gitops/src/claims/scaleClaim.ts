import type {
  KubernetesObject,
  ScaleClusterParameters,
} from '@backstage-fleet/plugin-fleet-common';
import { ConflictError, InputError } from '@backstage/errors';
import type { Edits } from '../layouts/edits';
import { suggest } from '../layouts/nearMatches';
import type { RepositorySnapshot } from '../model/repository';
import { editClaim } from './editClaim';
import { requireClaim } from './findClaim';
import { NodePool, nodePools } from './locations';
import { unknownPlace } from './upgradeClaim';

/**
 * Sets the number of nodes of a pool in a cluster's claim.
 *
 * @throws `NotFoundError` where the cluster has no claim, `InputError` where it has no such pool, `ConflictError` where
 *   something else decides the number
 */
export function scaleCluster(
  { cluster, pool: name, replicas }: ScaleClusterParameters,
  repository: RepositorySnapshot,
  edits: Edits,
  onHub: readonly KubernetesObject[] = [],
): NodePool {
  const claim = requireClaim(cluster, repository);
  const pools = nodePools(claim.object, claim.provisioner, claim.blueprint);
  if (pools.length === 0) throw unknownPlace(claim, 'node pools', 'pools');
  const pool = choosePool(pools, name, cluster);
  if (pool.sizedBy)
    throw new ConflictError(
      `${claim.file}: pool \`${pool.name}\` has no fixed size: ${pool.sizedBy}. Change its limits instead.`,
    );
  editClaim({
    claim,
    path: pool.path,
    value: replicas,
    field: 'parameters.replicas',
    line: `${claim.file}: pool ${pool.name} ${
      pool.replicas === undefined ? '' : `${pool.replicas} → `
    }${replicas}`,
    repository,
    edits,
    onHub,
  });
  return pool;
}

function choosePool(
  pools: NodePool[],
  name: string | undefined,
  cluster: string,
): NodePool {
  const names = pools.map(pool => pool.name);
  if (name === undefined) {
    if (pools.length === 1) return pools[0];
    throw new InputError(
      `parameters.pool: is needed, because ${cluster} has ${
        pools.length
      }: ${names.map(known => `\`${known}\``).join(', ')}.`,
    );
  }
  const found = pools.find(pool => pool.name === name);
  if (found) return found;
  throw new InputError(
    `parameters.pool: ${cluster} has no pool \`${name}\`. ${suggest(
      name,
      names,
    )}`,
  );
}
