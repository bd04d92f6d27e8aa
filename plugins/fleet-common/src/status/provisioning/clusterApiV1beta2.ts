import type { KubernetesObject } from '../../model/kubernetes';
import { clusterApiOverride, machineProgress } from './clusterApi';
import { conditionsOf, ObjectCondition, statusOf } from './conditions';
import type { ProvisioningStatus } from './types';

/**
 * The state of a Cluster API `Cluster` as v1beta2 shows it.
 *
 * @remarks
 * There is no phase `Failed` and no severity any more: a cluster that was initialized and is not `Available` is degraded,
 * and one whose topology cannot be reconciled has failed.
 *
 * Source: Cluster API `api/core/v1beta2/cluster_types.go`.
 *
 * @public
 */
export function clusterApiV1beta2Status(
  cluster: KubernetesObject,
): ProvisioningStatus {
  const status = cluster.status ?? {};
  const conditions = conditionsOf(status.conditions);
  return (
    clusterApiOverride(cluster, conditions) ?? {
      ...stateOf(cluster, conditions),
      ...machineProgress(status),
    }
  );
}

function stateOf(
  { status }: KubernetesObject,
  conditions: ReadonlyMap<string, ObjectCondition>,
): ProvisioningStatus {
  if (!status) return statusOf('unknown', 'Cluster API has not reported yet');
  const topology = conditions.get('TopologyReconciled');
  if (topology?.status === 'False' && topology.reason === 'ReconcileFailed')
    return statusOf('failed', 'Its topology cannot be carried out', topology);
  const available = conditions.get('Available');
  const { infrastructureProvisioned, controlPlaneInitialized } =
    status.initialization ?? {};
  if (infrastructureProvisioned !== true)
    return statusOf(
      'provisioning',
      'Its infrastructure is being made',
      conditions.get('InfrastructureReady') ?? available,
    );
  if (controlPlaneInitialized !== true)
    return statusOf(
      'provisioning',
      'Its control plane is being made',
      conditions.get('ControlPlaneInitialized') ?? available,
    );
  const connection = conditions.get('RemoteConnectionProbe');
  if (connection?.status === 'False')
    return statusOf(
      'unreachable',
      'Cluster API cannot connect to it',
      connection,
    );
  if (available?.status === 'False')
    return statusOf('degraded', 'Is not available any more', available);
  if (available?.status !== 'True')
    return statusOf(
      'unknown',
      'Does not say whether it is available',
      available,
    );
  const changing = ['RollingOut', 'ScalingUp', 'ScalingDown']
    .map(type => conditions.get(type))
    .find(condition => condition?.status === 'True');
  return changing
    ? {
        ...statusOf('ready', 'Is available, and being changed', changing),
        reason: changing.type,
      }
    : statusOf('ready', 'Control plane and workers are available', {
        ...available,
        message: undefined,
      });
}
