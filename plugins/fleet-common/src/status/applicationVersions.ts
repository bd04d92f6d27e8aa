import type { KubernetesObject } from '../model/kubernetes';

/**
 * What an Application says of revisions and images, to be turned into versions.
 *
 * @public
 */
export interface ApplicationRevisions {
  /** Images that run (`status.summary.images`), as `repository:tag` or `repository@digest`. */
  runningImages: string[];
  /** Images that the last successful sync applied, where Argo CD recorded them. */
  syncedImages: string[];
  /** The revision that the cluster was last brought to, one for each source. */
  syncedRevisions: string[];
  /** The revision that the controller compares with, one for each source. */
  comparedRevisions: string[];
}

/**
 * Revisions and images of an Application.
 *
 * @remarks
 * `status.sync.revision` is what the controller compared with, not what was applied: while OutOfSync the cluster still has
 * what the last entry of `status.history` says. Argo CD writes no history where a new revision changed no manifest, so
 * Synced means the compared revision.
 *
 * @public
 */
export function applicationRevisions(
  application: KubernetesObject,
): ApplicationRevisions {
  const status = application.status ?? {};
  const comparedRevisions = revisions(status.sync);
  const operation = status.operationState;
  const succeeded = operation?.phase === 'Succeeded';
  const last = Array.isArray(status.history)
    ? status.history[status.history.length - 1]
    : undefined;

  let syncedRevisions: string[] = [];
  if (status.sync?.status === 'Synced') syncedRevisions = comparedRevisions;
  else if (last) syncedRevisions = revisions(last);
  else if (succeeded) syncedRevisions = revisions(operation.syncResult);

  return {
    runningImages: strings(status.summary?.images),
    syncedImages: succeeded ? resultImages(operation.syncResult) : [],
    syncedRevisions,
    comparedRevisions,
  };
}

function revisions(
  from: { revision?: string; revisions?: string[] } | undefined,
): string[] {
  if (from?.revisions?.length) return from.revisions;
  return from?.revision ? [from.revision] : [];
}

function resultImages(result: any): string[] {
  if (!Array.isArray(result?.resources)) return strings(result?.images);
  return [
    ...new Set<string>(
      result.resources.flatMap((resource: any) => strings(resource?.images)),
    ),
  ];
}

function strings(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string')
    : [];
}
