import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { CONTROL_PLANE_KINDS } from './definitions';

export const CLUSTER_NAME_LABEL = 'cluster.x-k8s.io/cluster-name';
const OWNED_LABEL = 'topology.cluster.x-k8s.io/owned';
const DEPLOYMENT_NAME_LABEL = 'topology.cluster.x-k8s.io/deployment-name';
const CORE_VERSION = 'cluster.x-k8s.io/v1beta2';

function childMetadata(cluster: KubernetesObject, name: string) {
  return {
    name,
    namespace: cluster.metadata.namespace,
    labels: {
      [CLUSTER_NAME_LABEL]: cluster.metadata.name,
      [OWNED_LABEL]: '',
    },
    ownerReferences: [
      {
        apiVersion: CORE_VERSION,
        kind: 'Cluster',
        name: cluster.metadata.name,
        uid: cluster.metadata.uid!,
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
  };
}

/** The control plane that a Cluster with a topology has, by its ClusterClass. */
export function controlPlaneOf(
  cluster: KubernetesObject,
  clusterClass: KubernetesObject,
): KubernetesObject {
  const template = (clusterClass.spec as any)?.controlPlane?.templateRef ?? {};
  const named = String(template.kind ?? '').replace(/Template$/, '');
  const kind = CONTROL_PLANE_KINDS[named] ? named : 'KubeadmControlPlane';
  const { topology } = cluster.spec as any;
  return {
    apiVersion: 'controlplane.cluster.x-k8s.io/v1beta2',
    kind,
    metadata: childMetadata(cluster, cluster.metadata.name),
    spec: {
      version: topology.version,
      ...(CONTROL_PLANE_KINDS[kind].machines
        ? { replicas: topology.controlPlane?.replicas ?? 3 }
        : {}),
    },
  };
}

/** The MachineDeployments of a topology. Their version is the control plane's, so workers never run ahead of it. */
export function machineDeploymentsOf(
  cluster: KubernetesObject,
  version: string,
): KubernetesObject[] {
  const { topology } = cluster.spec as any;
  return (topology.workers?.machineDeployments ?? []).map((wanted: any) => {
    const metadata = childMetadata(
      cluster,
      `${cluster.metadata.name}-${wanted.name}`,
    );
    return {
      apiVersion: CORE_VERSION,
      kind: 'MachineDeployment',
      metadata: {
        ...metadata,
        labels: { ...metadata.labels, [DEPLOYMENT_NAME_LABEL]: wanted.name },
      },
      spec: {
        clusterName: cluster.metadata.name,
        replicas: wanted.replicas ?? 1,
        template: {
          spec: { clusterName: cluster.metadata.name, version },
        },
      },
    };
  });
}

/** How many machines the workers of a Cluster are to have. */
export function workersOf(cluster: KubernetesObject): number {
  const deployments: any[] =
    (cluster.spec as any)?.topology?.workers?.machineDeployments ?? [];
  return deployments.reduce((sum, { replicas = 1 }) => sum + replicas, 0);
}
