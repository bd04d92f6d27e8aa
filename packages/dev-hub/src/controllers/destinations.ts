import type { ClusterRecord } from '@backstage-fleet/plugin-fleet-gitops';

export const IN_CLUSTER_NAME = 'in-cluster';
export const IN_CLUSTER_SERVER = 'https://kubernetes.default.svc';

/** Where an Application goes, or why it cannot: Argo CD's `InvalidSpecError` messages. */
export type Destination =
  | { cluster: { name: string; server: string }; error?: undefined }
  | { cluster?: undefined; error: string };

/**
 * Finds the cluster that a destination names, by name or server.
 *
 * Source: Argo CD `util/argo/argo.go` `GetDestinationCluster`.
 */
export function findDestination(
  destination: { name?: string; server?: string } | undefined,
  clusters: ClusterRecord[],
): Destination {
  const { name, server } = destination ?? {};
  if (name && server) {
    return {
      error: `application destination can't have both name and server defined: ${name} ${server}`,
    };
  }
  const known = clusters.some(cluster => cluster.server === IN_CLUSTER_SERVER)
    ? clusters
    : [...clusters, { name: IN_CLUSTER_NAME, server: IN_CLUSTER_SERVER }];
  if (name) {
    const found = known.filter(cluster => cluster.name === name);
    if (found.length > 1) {
      return {
        error: `there are ${found.length} clusters with the same name: [${found
          .map(({ server: s }) => s)
          .join(' ')}]`,
      };
    }
    return found.length === 1
      ? { cluster: found[0] }
      : { error: `there are no clusters with this name: ${name}` };
  }
  if (server) {
    const found = known.find(cluster => cluster.server === server);
    return found
      ? { cluster: found }
      : {
          error: `error getting cluster by server "${server}": rpc error: code = NotFound desc = cluster "${server}" not found`,
        };
  }
  return { error: 'destination server missing from app spec' };
}
