import type { ApplicationSet } from '../../../model/argocd';

/** One step of a RollingSync, as the manifest has it. */
export interface RolloutStep {
  matchExpressions?: Array<{
    key?: string;
    operator?: string;
    values?: string[];
  }>;
  maxUpdate?: number | string;
}

/** The steps of a set's RollingSync; `undefined` where it has none. */
export function rollingSyncSteps(
  applicationSet: ApplicationSet,
): RolloutStep[] | undefined {
  const { strategy } = applicationSet.spec;
  return strategy?.type === 'RollingSync' && strategy.rollingSync
    ? strategy.rollingSync.steps ?? []
    : undefined;
}

/** Whether a set that is deleted deletes its Applications step by step, the last step first. */
export function isDeletionReversed(applicationSet: ApplicationSet): boolean {
  const order: string = applicationSet.spec.strategy?.deletionOrder ?? '';
  return (
    (rollingSyncSteps(applicationSet)?.length ?? 0) > 0 &&
    order.toLowerCase() === 'reverse'
  );
}
