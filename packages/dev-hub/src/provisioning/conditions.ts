import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { timestamp } from '../controllers/applicationStatus';

/** One entry of `status.conditions`. */
export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  /** In conditions of Cluster API's v1beta1. */
  severity?: string;
  lastTransitionTime?: string;
  observedGeneration?: number;
}

/** The wanted conditions; the time of one moves only when its status does. Others that were there stay. */
export function withConditions(
  old: readonly Condition[] | undefined,
  wanted: readonly Condition[],
  now: Date,
): Condition[] {
  const types = new Set(wanted.map(({ type }) => type));
  const kept = (old ?? []).filter(({ type }) => !types.has(type));
  const changed = wanted.map(condition => {
    const before = old?.find(({ type }) => type === condition.type);
    const same = before?.status === condition.status;
    return {
      ...condition,
      lastTransitionTime:
        (same && before?.lastTransitionTime) || timestamp(now),
    };
  });
  return [...kept, ...changed].sort((a, b) => (a.type < b.type ? -1 : 1));
}

export function isTrue(
  object: KubernetesObject | undefined,
  type: string,
): boolean {
  const conditions: Condition[] = object?.status?.conditions ?? [];
  return conditions.some(
    condition => condition.type === type && condition.status === 'True',
  );
}
