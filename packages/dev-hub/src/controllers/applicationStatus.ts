import type { Application } from '@backstage-fleet/plugin-fleet-gitops';
import type { Comparison } from './comparison';
import { isWholeSync } from './syncOperation';

/** How many entries of history are kept: Argo CD's default for `revisionHistoryLimit`. */
const HISTORY_LIMIT = 10;

/** Timestamps of a status have whole seconds. */
export function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

function withHealth(
  status: Record<string, any>,
  health: { status: string; message?: string },
  now: string,
) {
  const same = status.health?.status === health.status;
  status.health = {
    // Moves only when the health changes.
    lastTransitionTime: same ? status.health.lastTransitionTime ?? now : now,
    ...(health.message ? { message: health.message } : {}),
    status: health.status,
  };
}

function comparedTo(application: Application) {
  return {
    destination: application.spec.destination ?? {},
    ...(application.spec.sources
      ? { sources: application.spec.sources }
      : { source: application.spec.source ?? { repoURL: '' } }),
  };
}

/** Conditions keep their time as long as they say the same. */
function withConditions(
  status: Record<string, any>,
  conditions: Array<{ type: string; message: string }>,
  now: string,
) {
  if (conditions.length === 0) {
    delete status.conditions;
    return;
  }
  const old: any[] = status.conditions ?? [];
  status.conditions = conditions.map(condition => ({
    lastTransitionTime:
      old.find(
        ({ type, message }) =>
          type === condition.type && message === condition.message,
      )?.lastTransitionTime ?? now,
    ...condition,
  }));
}

/** The spec names a project or cluster that there is none of: nothing else can be said. */
export function invalidSpec(
  application: Application,
  messages: string[],
  now: Date,
): void {
  const status = (application.status ??= {});
  withConditions(
    status,
    messages.map(message => ({ message, type: 'InvalidSpecError' })),
    timestamp(now),
  );
  withHealth(status, { status: 'Unknown' }, timestamp(now));
  status.sync = { status: 'Unknown' };
}

/** Nothing could be compared: conditions say why, sync is Unknown, and health stays what it was (Healthy at first). */
function notCompared(
  application: Application,
  conditions: Parameters<typeof withConditions>[1],
  now: Date,
): void {
  const status = (application.status ??= {});
  withConditions(status, conditions, timestamp(now));
  status.controllerNamespace = application.metadata.namespace;
  withHealth(
    status,
    { status: status.health?.status ?? 'Healthy' },
    timestamp(now),
  );
  status.reconciledAt = timestamp(now);
  status.resourceHealthSource = 'appTree';
  status.sync = {
    comparedTo: comparedTo(application),
    revision: application.spec.source?.targetRevision ?? '',
    status: 'Unknown',
  };
}

/** What Git wants is not known: sync Unknown, and health stays what it was (Healthy at first). */
export function comparisonError(
  application: Application,
  message: string,
  now: Date,
): void {
  notCompared(application, [{ message, type: 'ComparisonError' }], now);
}

/** The cluster does not answer. What an Application already says of itself stays; a new one can say nothing. */
export function clusterUnreachable(
  application: Application,
  server: string,
  reason: string,
  now: Date,
): void {
  const status = (application.status ??= {});
  if (status.sync?.status && status.sync.status !== 'Unknown') return;
  const cache = `error synchronizing cache state : ${reason}`;
  const info = `failed to get cluster info for "${server}": ${cache}`;
  notCompared(
    application,
    [
      {
        message: `Failed to load live state: ${info}`,
        type: 'ComparisonError',
      },
      {
        message: `Failed to load target state: failed to get cluster version for cluster "${server}": ${info}`,
        type: 'ComparisonError',
      },
      { message: cache, type: 'UnknownError' },
    ],
    now,
  );
}

/** The objects of an Application that is being deleted cannot be. */
export function deletionError(
  application: Application,
  message: string,
  now: Date,
): void {
  const status = (application.status ??= {});
  withConditions(status, [{ message, type: 'DeletionError' }], timestamp(now));
}

/** The outcome of a comparison at a revision. */
export function compared(
  application: Application,
  comparison: Comparison,
  revision: string,
  sourceType: string,
  now: Date,
  options: { refreshed: boolean },
): void {
  const status = (application.status ??= {});
  const at = timestamp(now);
  withConditions(
    status,
    (status.conditions ?? []).filter(
      ({ type }: { type: string }) => type === 'SyncError',
    ),
    at,
  );
  status.controllerNamespace = application.metadata.namespace;
  withHealth(status, comparison.health, at);
  if (options.refreshed || !status.reconciledAt) status.reconciledAt = at;
  status.resourceHealthSource = 'appTree';
  status.resources = comparison.resources;
  status.sourceHydrator ??= {};
  status.sourceType = sourceType;
  status.summary =
    comparison.images.length > 0 ? { images: comparison.images } : {};
  status.sync = {
    comparedTo: comparedTo(application),
    revision,
    status: comparison.sync,
  };
}

/** An operation begins. */
export function operationRunning(application: Application, now: Date): void {
  const status = (application.status ??= {});
  status.operationState = {
    operation: application.operation,
    phase: 'Running',
    startedAt: timestamp(now),
  };
}

export interface SyncedResource {
  group: string;
  kind: string;
  name: string;
  namespace: string;
  version: string;
  status: string;
  message: string;
  hookPhase: string;
  syncPhase: 'Sync';
  images?: string[];
}

/** What became of an operation. */
export interface OperationResult {
  revision: string;
  resources: SyncedResource[];
  failure?: string;
  /** Error where nothing could even be tried; Failed where it is left out. */
  phase?: 'Error';
}

/** An operation failed and is going to be tried again. */
export function operationRetried(
  application: Application,
  result: OperationResult,
  now: Date,
  next: Date,
): void {
  const state = (application.status ??= {}).operationState;
  const retryCount = (state.retryCount ?? 0) + 1;
  const at = next.toISOString();
  const hour = Number(at.slice(11, 13));
  application.status.operationState = {
    ...state,
    finishedAt: timestamp(now),
    message: `${result.failure}. Retrying attempt #${retryCount} at ${
      hour % 12 || 12
    }:${at.slice(14, 16)}${hour < 12 ? 'AM' : 'PM'}.`,
    retryCount,
    syncResult: syncResult(application, result, state.operation),
  };
}

function syncResult(
  application: Application,
  { revision, resources }: OperationResult,
  operation: any,
) {
  return {
    resources,
    revision,
    source: operation.sync?.source ?? application.spec.source,
  };
}

/** An operation ended; a successful sync of everything grows the history. */
export function operationEnded(
  application: Application,
  result: OperationResult,
  now: Date,
): void {
  const status = (application.status ??= {});
  const { operation, startedAt, retryCount } = status.operationState;
  const tried = retryCount ? ` (retried ${retryCount} times).` : '';
  status.operationState = {
    finishedAt: timestamp(now),
    message: result.failure
      ? `${result.failure}${tried}`
      : 'successfully synced (all tasks run)',
    operation,
    phase: result.failure ? result.phase ?? 'Failed' : 'Succeeded',
    ...(retryCount ? { retryCount } : {}),
    startedAt,
    syncResult: syncResult(application, result, operation),
  };
  delete application.operation;
  if (result.failure || !isWholeSync(operation.sync ?? {})) return;
  const history: any[] = status.history ?? [];
  history.push({
    deployStartedAt: startedAt,
    deployedAt: timestamp(now),
    id: (history[history.length - 1]?.id ?? -1) + 1,
    initiatedBy: operation.initiatedBy ?? {},
    revision: result.revision,
    source: operation.sync?.source ?? application.spec.source,
  });
  status.history = history.slice(-HISTORY_LIMIT);
}
