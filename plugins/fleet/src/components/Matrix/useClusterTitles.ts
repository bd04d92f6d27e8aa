import { useMemo } from 'react';
import { FleetMatrix } from '../../matrix/matrix';
import { clusterTitle } from '../common';

/** What the clusters of a matrix are called, by their index; the same list for as long as nothing is called otherwise. */
export function useClusterTitles({ clusters, hubs }: FleetMatrix): string[] {
  // Freshness changes often, titles never do.
  const names = JSON.stringify(hubs.map(({ id, title }) => [id, title]));
  return useMemo(() => {
    const titles = new Map<string, string>(JSON.parse(names));
    return clusters.map(cluster => {
      const title = titles.get(cluster.hub);
      return clusterTitle(cluster, title === undefined ? undefined : { title });
    });
  }, [clusters, names]);
}
