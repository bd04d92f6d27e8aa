import type { KubernetesObject } from '../../model/kubernetes';
import {
  conditionsOf,
  isDeleting,
  ObjectCondition,
  statusOf,
} from './conditions';
import type { ProvisioningHistory, ProvisioningStatus } from './types';

/** Source: kro `api/v1alpha1/label.go` `InstanceReconcileAnnotation`; `disabled` is its older value. */
const RECONCILE_ANNOTATION = 'kro.run/reconcile';
const SUSPENDED_REASON = 'ReconciliationSuspended';

/**
 * The state of an instance of a KRO ResourceGraphDefinition.
 *
 * @remarks
 * `Ready` may be missing: older releases know `InstanceSynced` only, and a definition with conditions of its own shows
 * just those. Then `status.state` counts. A suspended instance has `Ready` False, which is no failure.
 *
 * Source: kro `api/v1alpha1/{conditions,instance_state}.go`, `pkg/controller/instance/status.go`.
 *
 * @public
 */
export function kroStatus(
  instance: KubernetesObject,
  { wasReady = false }: ProvisioningHistory = {},
): ProvisioningStatus {
  const { metadata, status } = instance;
  const conditions = conditionsOf(status?.conditions);
  const ready = conditions.get('Ready');
  const state = status?.state;
  if (isDeleting(instance) || state === 'DELETING')
    return {
      ...statusOf('deleting', 'Is being deleted', notTrue(conditions)),
      since: metadata.deletionTimestamp ?? ready?.lastTransitionTime,
    };
  const suspended = [...conditions.values()].find(
    ({ reason }) => reason === SUSPENDED_REASON,
  );
  if (suspended || isSuspended(metadata.annotations?.[RECONCILE_ANNOTATION]))
    return statusOf('paused', 'KRO is told to leave it alone', suspended);
  if (state === 'ERROR' || state === 'FAILED')
    return {
      ...statusOf('failed', 'Cannot be carried out', notTrue(conditions)),
      reason: notTrue(conditions)?.reason ?? state,
    };
  if (ready?.status === 'True' || (!ready && state === 'ACTIVE'))
    return {
      ...statusOf('ready', 'All its resources are ready', {
        ...(ready ?? { type: 'Ready', status: 'True' }),
        message: undefined,
      }),
      reason: ready?.reason ?? state,
    };
  if (ready?.status === 'False' && wasReady)
    return statusOf('degraded', 'Is not ready any more', ready);
  if (state === 'IN_PROGRESS' || ready?.status === 'False')
    return {
      ...statusOf('provisioning', 'Is being made', notTrue(conditions)),
      reason: notTrue(conditions)?.reason ?? state,
    };
  return status
    ? statusOf('unknown', 'Does not say whether it is ready', ready)
    : statusOf('unknown', 'KRO has not reported yet');
}

function isSuspended(value: string | undefined): boolean {
  return ['suspended', 'disabled'].includes(value?.toLowerCase() ?? '');
}

/** The condition that says what is missing: the most telling one that is not True. */
function notTrue(
  conditions: ReadonlyMap<string, ObjectCondition>,
): ObjectCondition | undefined {
  const order = [
    'GraphResolved',
    'InstanceManaged',
    'ResourcesReady',
    'Ready',
    'InstanceSynced',
  ];
  return order
    .map(type => conditions.get(type))
    .find(condition => condition && condition.status !== 'True');
}
