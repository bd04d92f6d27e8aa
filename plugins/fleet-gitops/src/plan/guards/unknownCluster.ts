import type { Guard } from '@backstage-fleet/plugin-fleet-common';
import { GuardContext, list, stop } from './types';

/**
 * Stops Applications whose destination the hub does not know. Without a hub and without a cluster in Git nothing can be
 * said.
 */
export function unknownCluster({
  after,
  changes,
  hubId,
}: GuardContext): Guard[] {
  if (hubId === undefined && after.hub.clusters.length === 0) return [];
  const unknown = changes.filter(
    ({ action, known }) => action !== 'delete' && !known,
  );
  return unknown.length > 0
    ? [
        stop(
          'unknown-cluster',
          `${list(unknown.map(({ name }) => name))} would go to ${list(
            unknown.map(({ cluster }) => cluster || '(none)'),
          )}, which ${hubId ? `hub \`${hubId}\`` : 'the hub'} does not know.`,
        ),
      ]
    : [];
}
