import type { ClusterObject } from './clusterSecret';
import { defined, projectAnnotations, shortMessage } from './metadata';

const SECRET_TYPE = 'argocd.argoproj.io/secret-type';

/** What Argo CD lists for its own cluster where no Secret registers it. Source: Argo CD `util/db/cluster.go`. */
const IMPLICIT = {
  name: 'in-cluster',
  server: 'https://kubernetes.default.svc',
};

/**
 * A cluster as Argo CD's API tells it, without `config`. It is named by its server, of which there is only one.
 *
 * Source: `Cluster` in Argo CD `pkg/apis/application/v1alpha1/types.go`.
 *
 * @returns `undefined` for something without a server, and for Argo CD's own cluster where nothing registers it: then no
 * generator with a selector knows it either
 */
export function projectArgocdCluster(cluster: any): ClusterObject | undefined {
  const server = cluster?.server;
  if (typeof server !== 'string' || !server) return undefined;
  const { info, labels, annotations, name, project } = cluster;
  const isImplicit =
    name === IMPLICIT.name &&
    server === IMPLICIT.server &&
    !labels &&
    !annotations &&
    !project;
  if (isImplicit) return undefined;
  const connection = info?.connectionState ?? cluster.connectionState;
  return {
    kind: 'Cluster',
    metadata: defined({
      name: server,
      // The API leaves it out; selectors of ApplicationSets are matched against the Secret, which has it.
      labels: { ...labels, [SECRET_TYPE]: 'cluster' },
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
