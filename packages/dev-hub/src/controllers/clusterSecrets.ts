import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { ClusterRecord } from '@backstage-fleet/plugin-fleet-gitops';

export const CLUSTER_SECRET_LABEL = 'argocd.argoproj.io/secret-type';

export function isClusterSecret(secret: KubernetesObject): boolean {
  return secret.metadata.labels?.[CLUSTER_SECRET_LABEL] === 'cluster';
}

/** A cluster Secret as Argo CD reads it (util/db/cluster.go `SecretToCluster`), without its credentials. */
export function toClusterRecord(secret: KubernetesObject): ClusterRecord {
  const field = (name: string) =>
    Buffer.from(secret.data?.[name] ?? '', 'base64').toString('utf8');
  return {
    name: field('name'),
    server: field('server').replace(/\/+$/, ''),
    project: field('project'),
    labels: secret.metadata.labels ?? {},
    annotations: secret.metadata.annotations ?? {},
  };
}
