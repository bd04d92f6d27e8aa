import type {
  ApplicationSet,
  ReconcileOutcome,
} from '@backstage-fleet/plugin-fleet-gitops';
import {
  applications,
  applicationSets,
  type ObjectKey,
  type ObjectStore,
  StatusError,
} from '../objects';

/** Argo CD keeps at most so many entries in `status.resources` (`--max-resources-status-count`). */
const RESOURCES_LIMIT = 5000;

/** What the API server makes of the status that Argo CD's Go types write for a new Application. */
const EMPTY_STATUS = {
  health: {},
  sourceHydrator: {},
  summary: {},
  sync: {
    comparedTo: { destination: {}, source: { repoURL: '' } },
    status: '',
  },
};

/**
 * Creates and changes Applications, each for itself, and then deletes those that are no longer wanted; none are deleted
 * after a failure.
 *
 * @returns what the API said to the first write that it refused; `undefined` when it took all
 */
export function writeApplications(
  store: ObjectStore,
  { created, updated, deleted }: ReconcileOutcome,
): string | undefined {
  const refusals: string[] = [];
  const attempt = (write: () => void) => {
    try {
      write();
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      refusals.push(error.message);
    }
  };
  for (const application of created) {
    attempt(() =>
      store.create(applications, { ...application, status: EMPTY_STATUS }),
    );
  }
  for (const { application, patch } of updated) {
    attempt(() => store.mergePatch(applications, application.metadata, patch));
  }
  if (refusals.length > 0) return refusals[0];

  for (const { application, patch } of deleted) {
    const { metadata } = application;
    if (patch) store.mergePatch(applications, metadata, patch);
    // Without finalizers an Application that was being deleted is gone by now.
    if (store.find(applications, metadata)) {
      store.remove(applications, metadata);
    }
  }
  return undefined;
}

/** Writes what a reconcile says into the set's status; empty parts are left out, as Argo CD's Go types leave them out. */
export function writeApplicationSetStatus(
  store: ObjectStore,
  key: ObjectKey,
  {
    conditions,
    applicationStatus,
    resources,
    health,
  }: Pick<
    ReconcileOutcome,
    'conditions' | 'applicationStatus' | 'resources' | 'health'
  >,
): void {
  if (!store.find(applicationSets, key)) return;
  store.modify(
    applicationSets,
    key,
    draft => {
      (draft as ApplicationSet).status = {
        ...draft.status,
        applicationStatus:
          applicationStatus.length > 0 ? applicationStatus : undefined,
        conditions,
        health,
        resources:
          resources.length > 0
            ? resources.slice(0, RESOURCES_LIMIT)
            : undefined,
        resourcesCount: resources.length || undefined,
      };
      for (const [field, value] of Object.entries(draft.status!)) {
        if (value === undefined) delete draft.status![field];
      }
    },
    { status: true },
  );
}
