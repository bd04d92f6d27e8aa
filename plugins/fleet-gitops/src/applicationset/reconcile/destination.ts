import {
  IN_CLUSTER_NAME,
  IN_CLUSTER_SERVER,
} from '@backstage-fleet/plugin-fleet-common';
import type { ClusterRecord } from '../../model/fleetSnapshot';

interface Destination {
  name?: string;
  server?: string;
}

/**
 * What is wrong with an Application's destination, in a sentence; `undefined` where Argo CD knows the cluster.
 *
 * Source: Argo CD `util/argo/argo.go` `GetDestinationCluster`, `util/db/cluster.go`.
 */
export function findDestinationProblem(
  { name, server }: Destination,
  clusters: ClusterRecord[],
): string | undefined {
  if (name && server) {
    return `destination has both the name ${name} and the server ${server}; leave out one`;
  }
  if (server) {
    return isKnownServer(trimSlashes(server), clusters)
      ? undefined
      : `no cluster has the server ${server}`;
  }
  if (!name) {
    return 'destination has neither a name nor a server';
  }
  const servers = clusters
    .filter(cluster => cluster.name === name)
    .map(cluster => trimSlashes(cluster.server));
  if (servers.length === 0 && name !== IN_CLUSTER_NAME) {
    return `no cluster has the name ${name}`;
  }
  return servers.length > 1
    ? `${servers.length} clusters have the name ${name}: ${servers.join(', ')}`
    : undefined;
}

function isKnownServer(server: string, clusters: ClusterRecord[]): boolean {
  return (
    server === IN_CLUSTER_SERVER ||
    clusters.some(cluster => trimSlashes(cluster.server) === server)
  );
}

function trimSlashes(server: string): string {
  return server.replace(/\/+$/, '');
}
