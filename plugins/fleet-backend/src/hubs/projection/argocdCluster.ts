import type { ClusterObject } from './clusterSecret';
import { defined, projectAnnotations, shortMessage } from './metadata';

/**
 * A cluster as Argo CD's API tells it, without `config`. It is named by its server, of which there is only one.
 *
 * Source: `Cluster` in Argo CD `pkg/apis/application/v1alpha1/types.go`.
 *
 * @returns `undefined` for something without a server
 */
export function projectArgocdCluster(cluster: any): ClusterObject | undefined {
  const server = cluster?.server;
  if (typeof server !== 'string' || !server) return undefined;
  const { info, labels, annotations, name, project } = cluster;
  const connection = info?.connectionState ?? cluster.connectionState;
  return {
    kind: 'Cluster',
    metadata: defined({
      name: server,
      labels,
      annotations: projectAnnotations(annotations),
    }),
    spec: defined({
      name: name || server,
      server,
      project: project || undefined,
    }),
    status: defined({
      connection: connection?.status
        ? defined({
            status: String(connection.status),
            message: shortMessage(connection.message),
            attemptedAt: connection.attemptedAt ?? undefined,
          })
        : undefined,
      serverVersion: info?.serverVersion ?? cluster.serverVersion,
    }),
  };
}
