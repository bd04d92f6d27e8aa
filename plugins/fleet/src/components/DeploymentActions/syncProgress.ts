import { Deployment } from '@backstage-fleet/plugin-fleet-common';
import { CellState, timeOf } from '../../matrix/cellView';

/** Where a sync that was asked for stands. */
export interface SyncProgress {
  phase: 'asked' | 'syncing' | 'synced' | 'failed';
  state: CellState;
  /** What Argo CD says of a sync that failed. */
  message?: string;
}

/**
 * How far a sync has come: an operation that ended before it was asked for is another one. Phases are those of Argo CD's
 * `status.operationState.phase`, whose times are in whole seconds.
 *
 * @param requestedAt - when the backend asked the hub
 */
export function syncProgress(
  deployment: Deployment,
  requestedAt: Date | string,
): SyncProgress {
  const { operation } = deployment;
  const asked = Math.floor((timeOf(requestedAt) ?? 0) / 1000) * 1000;
  const began = timeOf(operation?.startedAt);
  const ended = timeOf(operation?.finishedAt);
  if (operation?.phase === 'Running' || operation?.phase === 'Terminating') {
    return { phase: 'syncing', state: 'progressing' };
  }
  if (!operation || (ended ?? began ?? 0) < asked) {
    return { phase: 'asked', state: 'progressing' };
  }
  return operation.phase === 'Succeeded'
    ? { phase: 'synced', state: 'healthy' }
    : { phase: 'failed', state: 'degraded', message: operation.message };
}
