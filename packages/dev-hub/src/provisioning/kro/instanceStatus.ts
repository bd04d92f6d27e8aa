import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { type Condition, withConditions } from '../conditions';

/** How far an instance has come. */
export interface InstanceProgress {
  deleting: boolean;
  suspended: boolean;
  managed: boolean;
  /** Why its graph cannot be made. */
  error?: string;
  /** Ids of resources that are not ready yet. */
  waitingFor: string[];
}

function condition(
  type: string,
  status: Condition['status'],
  reason: string,
  message = '',
): Condition {
  return { type, status, reason, message };
}

function stateOf(progress: InstanceProgress): string {
  if (progress.deleting) return 'DELETING';
  if (progress.error) return 'ERROR';
  if (progress.waitingFor.length > 0) return 'IN_PROGRESS';
  return 'ACTIVE';
}

function readyCondition(progress: InstanceProgress): Condition {
  const { deleting, suspended, error, waitingFor } = progress;
  if (suspended) {
    return condition(
      'Ready',
      'False',
      'ReconciliationSuspended',
      'reconciliation is suspended by annotation',
    );
  }
  if (deleting) return condition('Ready', 'False', 'Deleting');
  if (error) return condition('Ready', 'False', 'Error', error);
  return waitingFor.length > 0
    ? condition(
        'Ready',
        'False',
        'ResourcesNotReady',
        `awaiting resource readiness: ${waitingFor.join(', ')}`,
      )
    : condition('Ready', 'True', 'Ready');
}

/**
 * `status.state` and conditions of an instance.
 *
 * Source: kubernetes-sigs/kro `api/v1alpha1/conditions.go`, `instance_state.go` and `pkg/controller/instance/status.go`.
 */
export function instanceStatus(
  instance: KubernetesObject,
  progress: InstanceProgress,
  now: Date,
): Record<string, any> {
  const old: any = instance.status ?? {};
  const { managed, error, waitingFor } = progress;
  const conditions = [
    condition(
      'InstanceManaged',
      managed ? 'True' : 'Unknown',
      managed ? 'Managed' : 'Pending',
    ),
    condition(
      'GraphResolved',
      error ? 'False' : 'True',
      error ? 'ResolutionFailed' : 'Resolved',
      error,
    ),
    condition(
      'ResourcesReady',
      !error && waitingFor.length === 0 ? 'True' : 'False',
      !error && waitingFor.length === 0 ? 'AllResourcesReady' : 'NotReady',
      waitingFor.length > 0 ? `not ready: ${waitingFor.join(', ')}` : '',
    ),
    readyCondition(progress),
  ];
  return {
    ...old,
    state: stateOf(progress),
    conditions: withConditions(
      old.conditions,
      conditions.map(each => ({
        ...each,
        observedGeneration: instance.metadata.generation,
      })),
      now,
    ),
  };
}
