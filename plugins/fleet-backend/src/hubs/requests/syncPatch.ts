import { ConflictError, InputError } from '@backstage/errors';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { ApplicationRequest } from '@backstage-fleet/plugin-fleet-node';

/** A request for a sync. */
export type SyncRequest = Extract<ApplicationRequest, { action: 'sync' }>;

/** How people see in Argo CD where a sync came from. */
export const REQUEST_INFO = [{ name: 'Requested in', value: 'Backstage' }];

/**
 * The merge patch that asks Argo CD's controller to sync an Application, as `argocd app sync` does it: options and retries
 * as the Application's policy says, the end of the last operation taken away, and only where nothing else was written
 * since the Application was read.
 *
 * @remarks
 * Source: argo-cd, `server/application/application.go` (`Sync`) and `util/argo/argo.go` (`SetAppOperation`), 3.0.
 *
 * @param application - the whole Application as the hub has it now
 * @throws ConflictError where an operation is under way or the Application is being deleted, InputError where it cannot be
 * synced to the revision
 */
export function syncPatch(
  application: KubernetesObject,
  { revision, prune }: SyncRequest,
  requester: string,
): object {
  const { metadata, spec = {} } = application;
  refuseWhileBusy(application);
  if (revision !== undefined) refuseOtherRevision(application, revision);
  const { syncOptions, retry } = spec.syncPolicy ?? {};
  return {
    metadata: { resourceVersion: metadata.resourceVersion },
    operation: {
      initiatedBy: { username: requester },
      info: REQUEST_INFO,
      retry: retry ?? {},
      sync: {
        syncStrategy: { hook: {} },
        ...(revision === undefined ? {} : { revision }),
        ...(prune ? { prune } : {}),
        ...(syncOptions ? { syncOptions } : {}),
      },
    },
    status: { operationState: null },
  };
}

function refuseWhileBusy({ metadata, operation, status }: KubernetesObject) {
  const { name } = metadata;
  if (metadata.deletionTimestamp) {
    throw new ConflictError(
      `${name} is being deleted since ${metadata.deletionTimestamp}: it cannot be synced.`,
    );
  }
  const state = status?.operationState;
  if (state?.phase === 'Running' || state?.phase === 'Terminating') {
    throw new ConflictError(
      `A sync of ${name} is under way since ${state.startedAt}${startedBy(
        state.operation,
      )}: wait until it has ended, or terminate it in Argo CD.`,
    );
  }
  if (operation) {
    throw new ConflictError(
      `A sync of ${name} has been asked for already${startedBy(
        operation,
      )}; it has not begun yet: wait for it.`,
    );
  }
}

function startedBy(operation: any): string {
  const { username, automated } = operation?.initiatedBy ?? {};
  if (automated) return ', by its automated policy';
  return username ? `, by ${username}` : '';
}

/** Automated syncs would undo it; and of several sources it is not known which one is meant. */
function refuseOtherRevision(
  { metadata, spec }: KubernetesObject,
  revision: string,
) {
  if (Array.isArray(spec?.sources)) {
    throw new InputError(
      `revision: ${metadata.name} has several sources. Leave it out to sync each to what it follows.`,
    );
  }
  const followed = spec?.source?.targetRevision || 'HEAD';
  const automated = spec?.syncPolicy?.automated;
  if (automated && automated.enabled !== false && revision !== followed) {
    throw new InputError(
      `revision: ${metadata.name} syncs by itself to ${followed}, so it cannot be synced to ${revision}. Change what it follows in Git.`,
    );
  }
}
