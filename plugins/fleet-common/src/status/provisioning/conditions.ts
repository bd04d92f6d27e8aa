import type { KubernetesObject } from '../../model/kubernetes';
import type { ProvisioningState, ProvisioningStatus } from './types';

/** A condition as Kubernetes objects have them; `severity` only in Cluster API v1beta1. */
export interface ObjectCondition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  severity?: string;
  lastTransitionTime?: string;
}

/** Conditions by type. What is no condition is left out. */
export function conditionsOf(
  conditions: unknown,
): ReadonlyMap<string, ObjectCondition> {
  return new Map(
    (Array.isArray(conditions) ? conditions : [])
      .filter(
        (condition): condition is ObjectCondition =>
          typeof condition?.type === 'string' &&
          typeof condition.status === 'string',
      )
      .map(condition => [condition.type, condition]),
  );
}

/** A status from the condition that decided it: its reason, time and message. */
export function statusOf(
  state: ProvisioningState,
  sentence: string,
  condition?: ObjectCondition,
): ProvisioningStatus {
  const { reason, message, lastTransitionTime } = condition ?? {};
  return {
    state,
    ...(reason ? { reason } : {}),
    sentence: message ? `${sentence}: ${oneLine(message)}` : `${sentence}.`,
    ...(lastTransitionTime ? { since: lastTransitionTime } : {}),
  };
}

/** Messages of conditions may be lists of several lines (`* MachineDeployment md: …`). */
function oneLine(message: string): string {
  return message
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
    .join(' ');
}

export function isDeleting({ metadata }: KubernetesObject): boolean {
  return metadata.deletionTimestamp !== undefined;
}
