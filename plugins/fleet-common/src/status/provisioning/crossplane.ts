import type { KubernetesObject } from '../../model/kubernetes';
import {
  conditionsOf,
  isDeleting,
  ObjectCondition,
  statusOf,
} from './conditions';
import type { ProvisioningHistory, ProvisioningStatus } from './types';

/** Source: crossplane-runtime `pkg/meta/meta.go` `AnnotationKeyReconciliationPaused`. */
const PAUSED_ANNOTATION = 'crossplane.io/paused';

/**
 * What claims and composite resources say alike.
 *
 * @param making - the reason of `Ready` while it is being made: `Waiting` for a claim, `Creating` for a composite
 *
 * Source: crossplane `internal/controller/apiextensions/{claim,composite}/reconciler.go`.
 */
export function crossplaneState(
  object: KubernetesObject,
  making: string,
  { wasReady = false }: ProvisioningHistory,
): ProvisioningStatus {
  const conditions = conditionsOf(object.status?.conditions);
  const synced = conditions.get('Synced');
  const ready = conditions.get('Ready');
  if (isDeleting(object) || ready?.reason === 'Deleting')
    return {
      ...statusOf('deleting', 'Is being deleted', ready),
      since: object.metadata.deletionTimestamp ?? ready?.lastTransitionTime,
    };
  if (
    synced?.reason === 'ReconcilePaused' ||
    object.metadata.annotations?.[PAUSED_ANNOTATION] === 'true'
  )
    return statusOf(
      'paused',
      'Crossplane is told to leave it alone',
      synced?.reason === 'ReconcilePaused' ? synced : undefined,
    );
  if (synced?.status === 'False')
    return synced.reason === 'ReconcileError'
      ? statusOf('failed', 'Cannot be carried out', synced)
      : statusOf('degraded', 'Is not in sync', synced);
  if (!ready)
    return statusOf('unknown', 'Crossplane has not reported yet', synced);
  if (ready.status === 'True')
    return statusOf('ready', 'All its resources are ready', {
      ...ready,
      message: undefined,
    });
  if (ready.status !== 'False')
    return statusOf('unknown', 'Does not say whether it is ready', ready);
  return stateWhileNotReady(ready, making, wasReady);
}

function stateWhileNotReady(
  ready: ObjectCondition,
  making: string,
  wasReady: boolean,
): ProvisioningStatus {
  // The same reason comes back when something that was ready no longer is.
  if (wasReady || ready.reason !== making)
    return statusOf('degraded', 'Is not ready any more', ready);
  return statusOf('provisioning', 'Is being made', ready);
}
