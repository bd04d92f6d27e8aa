import type { Guard } from '@backstage-fleet/plugin-fleet-common';
import { isProduction } from './productionClusters';
import { count, GuardContext, list } from './types';

/** Stops an intent that changes production on clusters that it did not name; warns where no intent says what was meant. */
export function production(context: GuardContext): Guard[] {
  const { namedClusters, changes } = context;
  const touched = changes.filter(
    ({ cluster }) =>
      isProduction(context, cluster) && !namedClusters?.includes(cluster),
  );
  if (touched.length === 0) return [];
  return [
    {
      id: 'production',
      level: namedClusters ? 'stop' : 'warn',
      message: `Changes ${count(
        touched.length,
        'Application',
      )} in production on clusters that were not named: ${list(
        touched.map(({ cluster }) => cluster),
      )}.`,
    },
  ];
}
