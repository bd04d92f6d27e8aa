import type { KubernetesObject } from '../model/kubernetes';
import type {
  Condition,
  DeploymentOperation,
  DeploymentState,
  Health,
  Sync,
} from '../schema/openapi';
import { HEALTHS, SYNCS, worstState } from './states';

/**
 * What an Argo CD Application says of itself, in the terms of the fleet. Times are ISO 8601 as the object has them.
 *
 * @public
 */
export interface ApplicationState {
  state: DeploymentState;
  health: Health;
  healthMessage?: string;
  healthSince?: string;
  sync: Sync;
  automatedSync: boolean;
  operation?: DeploymentOperation;
  /** Resources that are out of sync, as `Kind/name`. */
  differing: string[];
  /** How many resources the Application manages. */
  resources: number;
  conditions: Condition[];
  deleting: boolean;
  /** When the last sync that succeeded ended. */
  syncedAt?: string;
  reconciledAt?: string;
}

const HEALTH_STATES: Record<Health, DeploymentState> = {
  Healthy: 'healthy',
  Progressing: 'progressing',
  Degraded: 'degraded',
  Suspended: 'suspended',
  Missing: 'missing',
  Unknown: 'unknown',
};

const SYNC_STATES: Record<Sync, DeploymentState> = {
  Synced: 'healthy',
  OutOfSync: 'out-of-sync',
  Unknown: 'unknown',
};

/**
 * The state of an Argo CD Application.
 *
 * @remarks
 * Health and sync are the controller's own words; a status that is not there yet is `Unknown`. The one-word state is the
 * worst that applies, with three rules beyond health and sync, each from what a running Argo CD does:
 *
 * - A wrong path, branch or manifest leaves the health at Healthy and sets sync to Unknown, so sync Unknown is `unknown`.
 * - A cluster that went away leaves Synced and Healthy; only an operation fails. So a failed operation on the very
 *   revision that is compared is `unknown` where the cluster did not answer, and `degraded` otherwise (a failed PostSync
 *   hook). A failed operation on an older revision tells nothing about now.
 * - An Application that is being deleted is `progressing` until it is gone, `degraded` where the deletion fails.
 *
 * Sources: `pkg/apis/application/v1alpha1/types.go` and `controller/` of Argo CD 3.x.
 *
 * @public
 */
export function applicationState(
  application: KubernetesObject,
): ApplicationState {
  const status = application.status ?? {};
  const health = oneOf(HEALTHS, status.health?.status);
  const sync = oneOf(SYNCS, status.sync?.status);
  const conditions = readConditions(status.conditions);
  const deleting = application.metadata.deletionTimestamp !== undefined;

  return {
    state: deleting
      ? deletionState(conditions)
      : worstState([
          HEALTH_STATES[health],
          SYNC_STATES[sync],
          operationState(application),
        ])!,
    health,
    healthMessage: text(status.health?.message),
    healthSince: text(status.health?.lastTransitionTime),
    sync,
    automatedSync: hasAutomatedSync(application),
    operation: readOperation(status.operationState),
    differing: differingResources(status.resources),
    resources: status.resourcesCount ?? status.resources?.length ?? 0,
    conditions,
    deleting,
    syncedAt: syncedAt(status),
    reconciledAt: text(status.reconciledAt),
  };
}

// Texts of the Kubernetes client that Argo CD passes on when the cluster itself does not answer.
const CLUSTER_UNREACHABLE =
  /failed to discover server resources|failed to get (cluster info|server version)|connection refused|no such host|i\/o timeout|no route to host|TLS handshake/i;

function operationState(application: KubernetesObject): DeploymentState {
  const { operationState: operation, sync } = application.status ?? {};
  if (application.operation) return 'progressing';
  switch (operation?.phase) {
    case 'Running':
    case 'Terminating':
      return 'progressing';
    case 'Failed':
    case 'Error':
      break;
    default:
      return 'healthy';
  }
  const { syncResult } = operation;
  const superseded =
    (syncResult?.revision &&
      sync?.revision &&
      syncResult.revision !== sync.revision) ||
    (syncResult?.revisions &&
      sync?.revisions &&
      syncResult.revisions.join() !== sync.revisions.join());
  if (superseded) return 'healthy';
  if (CLUSTER_UNREACHABLE.test(operation.message ?? '')) return 'unknown';
  // What could not be synced shows as out of sync already; a sync that failed after applying everything does not.
  return sync?.status === 'Synced' ? 'degraded' : 'out-of-sync';
}

function deletionState(conditions: Condition[]): DeploymentState {
  return conditions.some(({ type }) => type === 'DeletionError')
    ? 'degraded'
    : 'progressing';
}

/** Automated sync is on by being there, unless `enabled: false` (RollingSync sets that). */
function hasAutomatedSync(application: KubernetesObject): boolean {
  const automated = application.spec?.syncPolicy?.automated;
  return Boolean(automated) && automated.enabled !== false;
}

function readOperation(operation: any): DeploymentOperation | undefined {
  if (!operation?.phase) return undefined;
  return {
    phase: operation.phase,
    message: text(operation.message),
    startedAt: text(operation.startedAt),
    finishedAt: text(operation.finishedAt),
  };
}

function readConditions(conditions: any): Condition[] {
  if (!Array.isArray(conditions)) return [];
  return conditions
    .filter(condition => typeof condition?.type === 'string')
    .map(({ type, message, lastTransitionTime }) => ({
      type,
      message: text(message),
      lastTransitionTime: text(lastTransitionTime),
    }));
}

function differingResources(resources: any): string[] {
  if (!Array.isArray(resources)) return [];
  return resources
    .filter(({ status }) => status === 'OutOfSync')
    .map(({ kind, name }) => `${kind}/${name}`);
}

/** The end of the last sync that succeeded: `history` has an entry for each of them. */
function syncedAt(status: any): string | undefined {
  const last = Array.isArray(status.history)
    ? status.history[status.history.length - 1]
    : undefined;
  if (last?.deployedAt) return text(last.deployedAt);
  return status.operationState?.phase === 'Succeeded'
    ? text(status.operationState.finishedAt)
    : undefined;
}

/** A value that is not in the list, or not there, is the list's `Unknown`. */
function oneOf<T extends string>(values: readonly T[], value: unknown): T {
  return values.includes(value as T) ? (value as T) : ('Unknown' as T);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
