import type { Application } from '../model/argocd';
import type { ClusterRecord } from '../model/fleetSnapshot';

const IN_CLUSTER_SERVER = 'https://kubernetes.default.svc';

/**
 * The cluster that an Application goes to, `undefined` where the hub knows none.
 *
 * @public
 */
export function destinationCluster(
  application: Application,
  clusters: ClusterRecord[],
): string | undefined {
  const { name, server } = application.spec.destination ?? {};
  const found = clusters.find(cluster =>
    name ? cluster.name === name : cluster.server === server,
  );
  if (found) return found.name;
  return name === 'in-cluster' || server === IN_CLUSTER_SERVER
    ? 'in-cluster'
    : undefined;
}
