import { Cluster } from '@backstage-fleet/plugin-fleet-common';

/** Clusters of one region. */
export interface ClusterGroup {
  region: string;
  clusters: Cluster[];
}

/** Groups clusters by region, those without one last, in the order the API gives them. */
export function groupByRegion(clusters: Cluster[]): ClusterGroup[] {
  const groups = new Map<string, Cluster[]>();
  for (const cluster of clusters) {
    const region = cluster.region ?? '';
    groups.set(region, [...(groups.get(region) ?? []), cluster]);
  }
  return [...groups]
    .map(([region, members]) => ({ region, clusters: members }))
    .sort((a, b) => Number(a.region === '') - Number(b.region === ''));
}

/**
 * What is wrong with a choice of clusters, `undefined` where nothing is.
 *
 * @param known - names of the registered clusters, where they are known
 */
export function clusterChoiceProblem(
  chosen: string[] | undefined,
  known: string[] | undefined,
): string | undefined {
  if (!chosen || chosen.length === 0) {
    return 'Choose at least one cluster.';
  }
  const unknown = known && chosen.filter(name => !known.includes(name));
  if (unknown && unknown.length > 0) {
    return `${unknown.join(', ')} ${
      unknown.length === 1 ? 'is' : 'are'
    } not registered in any hub. Choose among the clusters listed.`;
  }
  return undefined;
}
