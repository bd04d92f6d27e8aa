import type { Guard } from '@backstage-fleet/plugin-fleet-common';
import { isProduction } from './productionClusters';
import { count, GuardContext, list, stop } from './types';

/** Stops a change that deletes Applications in production, or more of them elsewhere than is allowed. */
export function deletions(context: GuardContext): Guard[] {
  const { maxDeletions = 3, maxDeletionShare = 0.2 } = context.options;
  const deleted = context.changes.filter(({ action }) => action === 'delete');
  if (deleted.length === 0) return [];
  const inProduction = deleted.filter(({ cluster }) =>
    isProduction(context, cluster),
  );
  if (inProduction.length > 0) {
    return [
      stop(
        'deletions',
        `Deletes ${count(
          inProduction.length,
          'Application',
        )} in production: ${list(inProduction.map(({ name }) => name))}.`,
      ),
    ];
  }
  const total = context.before.origins.reduce(
    (sum, { evaluation }) =>
      sum + (evaluation.status === 'ok' ? evaluation.applications.length : 0),
    0,
  );
  return deleted.length > maxDeletions ||
    deleted.length > total * maxDeletionShare
    ? [
        stop(
          'deletions',
          `Deletes ${deleted.length} of ${count(total, 'Application')}: ${list(
            deleted.map(({ name }) => name),
          )}. Allowed are ${maxDeletions} and ${Math.round(
            maxDeletionShare * 100,
          )} %.`,
        ),
      ]
    : [];
}
