import type { Application } from '../../../model/argocd';
import type { ApplicationSetApplicationStatus } from '../types';

/**
 * Generated Applications as a RollingSync writes them: automated sync off, and an operation for each released one that is
 * Pending.
 *
 * Source: Argo CD `applicationset/progressivesync` `SyncDesiredApplications`, `syncApplication`.
 */
export function withRollingSync(
  applications: Application[],
  released: ReadonlySet<string>,
  statuses: ApplicationSetApplicationStatus[],
): Application[] {
  const pending = new Set(
    statuses
      .filter(item => item.status === 'Pending')
      .map(item => item.application),
  );
  return applications.map(application => {
    const { name } = application.metadata;
    const manual = disableAutomatedSync(application);
    return released.has(name) && pending.has(name)
      ? { ...manual, operation: syncOperation(application) }
      : manual;
  });
}

/** Switches automated sync off, since the set starts the syncs itself. */
export function disableAutomatedSync(application: Application): Application {
  const { syncPolicy } = application.spec;
  return syncPolicy?.automated
    ? {
        ...application,
        spec: {
          ...application.spec,
          syncPolicy: {
            ...syncPolicy,
            automated: { ...syncPolicy.automated, enabled: false },
          },
        },
      }
    : application;
}

function syncOperation({ spec }: Application): Record<string, any> {
  const { syncPolicy } = spec;
  const automated = syncPolicy?.automated;
  const prune = automated?.enabled !== false && Boolean(automated?.prune);
  return {
    sync: {
      ...(prune && { prune }),
      ...(syncPolicy?.syncOptions && { syncOptions: syncPolicy.syncOptions }),
    },
    initiatedBy: { username: 'applicationset-controller', automated: true },
    info: [
      {
        name: 'Reason',
        value:
          'ApplicationSet RollingSync triggered a sync of this Application resource',
      },
    ],
    retry: syncPolicy?.retry ?? { limit: 5 },
  };
}
