import {
  FLEET_BLUEPRINT_ANNOTATION,
  FLEET_CLUSTER_ANNOTATION,
  KubernetesObject,
} from '@backstage-fleet/plugin-fleet-common';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { suggest } from '../layouts/nearMatches';
import type { RepositorySnapshot } from '../model/repository';
import { indexRepository } from '../repository/indexRepository';
import type { Declared } from '../repository';
import { listBlueprints } from './blueprints';
import { readObjects } from './declaredObjects';
import { PROVISIONERS } from './provisioners';
import type { ClusterBlueprint, ProvisionerKind } from './types';

/**
 * The object in Git from which a cluster is made.
 *
 * @public
 */
export interface ClusterClaim extends Declared<KubernetesObject> {
  /** The name by which Argo CD knows the cluster. */
  cluster: string;
  /** Absent where the kind is none that is known. */
  provisioner?: ProvisionerKind;
  /** Id of the blueprint that the claim says it was made from. */
  blueprintId?: string;
  /** That blueprint, while the repository has it. */
  blueprint?: ClusterBlueprint;
}

const cache = new WeakMap<object, ClusterClaim[]>();

/**
 * The claims of a repository, sorted by cluster: those with the annotation `fleet/cluster` or `fleet/blueprint`, every
 * Cluster API `Cluster`, and the kinds that the blueprints make.
 *
 * @public
 */
export function listClaims(repository: RepositorySnapshot): ClusterClaim[] {
  const cached = cache.get(repository.files);
  if (cached) return cached;
  const { blueprints } = listBlueprints(repository);
  const kinds = knownKinds(blueprints);
  const names = [...new Set([...kinds.keys()].map(key => key.split(' ')[1]))];
  const pattern = new RegExp(
    `fleet/(cluster|blueprint)\\b|\\bkind"?\\s*:\\s*["']?(${names.join(
      '|',
    )})\\b`,
  );
  const found = readObjects(repository, text => pattern.test(text))
    .objects.flatMap(declared => {
      const { apiVersion, kind, metadata } = declared.object;
      const annotations = metadata.annotations ?? {};
      const [group] = apiVersion!.split('/');
      const blueprintId = annotations[FLEET_BLUEPRINT_ANNOTATION];
      const blueprint = blueprints.find(({ id }) => id === blueprintId);
      const provisioner =
        blueprint?.provisioner ?? kinds.get(`${group} ${kind}`);
      const cluster = annotations[FLEET_CLUSTER_ANNOTATION] ?? metadata.name;
      const isClaim = provisioner !== undefined || blueprintId !== undefined;
      return isClaim && typeof cluster === 'string'
        ? [
            {
              ...declared,
              cluster,
              ...(provisioner ? { provisioner } : {}),
              ...(blueprintId ? { blueprintId } : {}),
              ...(blueprint ? { blueprint } : {}),
            },
          ]
        : [];
    })
    .sort((one, other) => (one.cluster < other.cluster ? -1 : 1));
  cache.set(repository.files, found);
  return found;
}

/** Kinds of claims, as `group kind`. */
function knownKinds(
  blueprints: ClusterBlueprint[],
): Map<string, ProvisionerKind> {
  const kinds = new Map<string, ProvisionerKind>([
    ['cluster.x-k8s.io Cluster', 'cluster-api'],
  ]);
  for (const { claim, provisioner } of blueprints) {
    const { apiVersion, kind } = claim.manifest;
    kinds.set(`${apiVersion!.split('/')[0]} ${kind}`, provisioner);
  }
  return kinds;
}

/**
 * The claim of a cluster; `undefined` where the repository has none.
 *
 * @throws `ConflictError` where there are several
 */
export function findClaim(
  cluster: string,
  repository: RepositorySnapshot,
): ClusterClaim | undefined {
  const found = listClaims(repository).filter(
    claim => claim.cluster === cluster,
  );
  if (found.length > 1)
    throw new ConflictError(
      `Cluster \`${cluster}\` has more than one claim: ${found
        .map(({ file }) => file)
        .join(', ')}. Keep one of these files.`,
    );
  return found[0];
}

/**
 * The claim of a cluster.
 *
 * @throws `NotFoundError` where the repository has none
 */
export function requireClaim(
  cluster: string,
  repository: RepositorySnapshot,
): ClusterClaim {
  const claim = findClaim(cluster, repository);
  if (claim) return claim;
  const declared = indexRepository(repository).clusters.some(
    ({ name }) => name === cluster,
  );
  throw new NotFoundError(
    declared
      ? `Cluster \`${cluster}\` is registered and has no claim in the repository, so what it is made of is not known here. Change it where it was made.`
      : `Cluster \`${cluster}\` has no claim in the repository. ${suggest(
          cluster,
          listClaims(repository).map(known => known.cluster),
        )}`,
  );
}

/** How a claim's provisioner is called by people. */
export function provisionerTitle({
  provisioner,
  object,
}: ClusterClaim): string {
  return provisioner ? PROVISIONERS[provisioner].title : object.kind!;
}
