import { createHash } from 'node:crypto';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { stringify } from 'yaml';
import { CLUSTER_NAME_LABEL } from './topology';

/** The Secret by which Cluster API hands a cluster over. Source: kubernetes-sigs/cluster-api `util/secret`. */
export function kubeconfigSecret(cluster: KubernetesObject): KubernetesObject {
  const { name, namespace, uid } = cluster.metadata;
  const { host, port } = (cluster.spec as any)?.controlPlaneEndpoint ?? {};
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': `${name}-admin@${name}`,
    clusters: [{ name, cluster: { server: `https://${host}:${port}` } }],
    contexts: [
      {
        name: `${name}-admin@${name}`,
        context: { cluster: name, user: `${name}-admin` },
      },
    ],
    // Opens nothing: a spoke of the embedded hub has no API of its own.
    users: [
      {
        name: `${name}-admin`,
        user: { token: createHash('sha256').update(`${uid}`).digest('hex') },
      },
    ],
  };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'cluster.x-k8s.io/secret',
    metadata: {
      name: `${name}-kubeconfig`,
      namespace,
      labels: { [CLUSTER_NAME_LABEL]: name },
      ownerReferences: [
        {
          apiVersion: 'cluster.x-k8s.io/v1beta2',
          kind: 'Cluster',
          name,
          uid: uid!,
        },
      ],
    },
    stringData: { value: stringify(kubeconfig) },
  };
}
