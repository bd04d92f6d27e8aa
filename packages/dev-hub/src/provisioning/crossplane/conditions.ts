import type { Condition } from '../conditions';

/** Conditions of Crossplane objects. Source: crossplane-runtime `apis/common/condition.go`. */
export const synced: Condition = {
  type: 'Synced',
  status: 'True',
  reason: 'ReconcileSuccess',
};
export const paused: Condition = {
  type: 'Synced',
  status: 'False',
  reason: 'ReconcilePaused',
};
export const available: Condition = {
  type: 'Ready',
  status: 'True',
  reason: 'Available',
};
export const waiting: Condition = {
  type: 'Ready',
  status: 'False',
  reason: 'Waiting',
  message: 'Claim is waiting for composite resource to become Ready',
};
export const deleting: Condition = {
  type: 'Ready',
  status: 'False',
  reason: 'Deleting',
};

export function failed(message: string): Condition {
  return { type: 'Synced', status: 'False', reason: 'ReconcileError', message };
}

export function creating(unready: string[]): Condition {
  return {
    type: 'Ready',
    status: 'False',
    reason: 'Creating',
    message: `Unready resources: ${unready.join(', ')}`,
  };
}
