import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { defined, projectAnnotations } from './metadata';

/** A cluster that is registered in Argo CD, without its credentials. */
export interface ClusterObject extends KubernetesObject {
  kind: 'Cluster';
  spec: {
    /** The cluster's name in Argo CD. */
    name: string;
    /** Address of its API server. */
    server: string;
    project?: string;
  };
  /** What Argo CD itself sees of the cluster, where the source is told it. */
  status?: {
    connection?: {
      /** `Successful`, `Failed` or `Unknown`. */
      status: string;
      message?: string;
      attemptedAt?: string;
    };
    /** Version of Kubernetes. */
    serverVersion?: string;
  };
}

/**
 * What may be known of a cluster Secret.
 *
 * @remarks
 * Name, server, project, labels and annotations are read one by one; nothing else of the Secret is copied, so no byte of
 * `data.config` can come out, and neither can the copy of it that `kubectl apply` keeps in an annotation.
 *
 * Source: Argo CD `docs/operator-manual/declarative-setup.md`, "Clusters".
 *
 * @returns `undefined` for a Secret without a server, which Argo CD cannot use either.
 */
export function projectClusterSecret(
  secret: KubernetesObject,
): ClusterObject | undefined {
  const server = decode(secret.data?.server);
  if (!server) return undefined;
  const { metadata } = secret;
  return {
    kind: 'Cluster',
    metadata: defined({
      name: metadata.name,
      namespace: metadata.namespace,
      uid: metadata.uid,
      creationTimestamp: metadata.creationTimestamp,
      deletionTimestamp: metadata.deletionTimestamp,
      labels: metadata.labels,
      annotations: projectAnnotations(metadata.annotations),
    }),
    spec: defined({
      name: decode(secret.data?.name) || server,
      server,
      project: decode(secret.data?.project) || undefined,
    }),
  };
}

function decode(value: unknown): string {
  return typeof value === 'string'
    ? Buffer.from(value, 'base64').toString('utf8').trim()
    : '';
}
