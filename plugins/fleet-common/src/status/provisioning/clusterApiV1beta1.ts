import type { KubernetesObject } from '../../model/kubernetes';
import { clusterApiOverride, machineProgress } from './clusterApi';
import { conditionsOf, ObjectCondition, statusOf } from './conditions';
import type { ProvisioningStatus } from './types';

/**
 * The state of a Cluster API `Cluster` as v1beta1 shows it.
 *
 * @remarks
 * Conditions have a severity here, and the ones of v1beta2 stand under `status.v1beta2.conditions`. The phase
 * `Provisioned` says infrastructure and endpoint, so readiness is read from `Ready` alone, and only after
 * `ControlPlaneInitialized`, which never goes back.
 *
 * Source: Cluster API `api/core/v1beta1/cluster_types.go`, `internal/controllers/cluster/cluster_controller_status.go`.
 *
 * @public
 */
export function clusterApiV1beta1Status(
  cluster: KubernetesObject,
): ProvisioningStatus {
  const status = cluster.status ?? {};
  const conditions = conditionsOf(status.conditions);
  const newer = conditionsOf(status.v1beta2?.conditions);
  return (
    clusterApiOverride(cluster, newer) ?? {
      ...stateOf(cluster, conditions, newer),
      ...machineProgress(status.v1beta2),
    }
  );
}

function stateOf(
  { status }: KubernetesObject,
  conditions: ReadonlyMap<string, ObjectCondition>,
  newer: ReadonlyMap<string, ObjectCondition>,
): ProvisioningStatus {
  if (!status) return statusOf('unknown', 'Cluster API has not reported yet');
  const { phase, failureReason, failureMessage } = status;
  const ready = conditions.get('Ready');
  if (phase === 'Failed' || failureReason || failureMessage)
    return statusOf('failed', 'Cannot be made', {
      type: 'Failed',
      status: 'True',
      reason: failureReason || phase,
      message: failureMessage,
    });
  if (ready?.status === 'False' && ready.severity === 'Error')
    return statusOf('failed', 'Cannot be made', ready);
  const connection = newer.get('RemoteConnectionProbe');
  if (connection?.status === 'False')
    return statusOf(
      'unreachable',
      'Cluster API cannot connect to it',
      connection,
    );
  const initialized = conditions.get('ControlPlaneInitialized');
  if (
    phase === 'Pending' ||
    phase === 'Provisioning' ||
    initialized?.status !== 'True'
  )
    return statusOf(
      'provisioning',
      'Is being made',
      initialized?.status === 'True' || !initialized ? ready : initialized,
    );
  if (ready?.status === 'True')
    return statusOf('ready', 'Control plane and workers are ready', {
      ...ready,
      message: undefined,
    });
  if (ready?.status !== 'False')
    return statusOf('unknown', 'Does not say whether it is ready', ready);
  // Less than a warning is what happens on every change: machines come and go.
  return ready.severity === 'Info'
    ? statusOf('provisioning', 'Is being changed', ready)
    : statusOf('degraded', 'Is not ready any more', ready);
}
