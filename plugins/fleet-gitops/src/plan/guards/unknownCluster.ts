import type { Guard } from '@backstage-fleet/plugin-fleet-common';
import { GuardContext, list, stop } from './types';

/** Stops Applications whose destination the hub does not know. */
export function unknownCluster({ changes, hubId }: GuardContext): Guard[] {
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
