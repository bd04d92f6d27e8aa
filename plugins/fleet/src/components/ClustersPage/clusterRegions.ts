import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { compareEnvironments } from '../../matrix/columns';
import { urgencyOf } from './clusterPhase';

/** The clusters of one region. */
export interface ClusterRegion {
  /** Empty where they say none. */
  region: string;
  clusters: Cluster[];
}

/** Clusters by region, within it in the order of promotion, then by name; those without a region last. */
export function regionsOf(clusters: Cluster[]): ClusterRegion[] {
  const regions = new Map<string, Cluster[]>();
  for (const cluster of clusters) {
    const region = cluster.region ?? '';
    regions.set(region, [...(regions.get(region) ?? []), cluster]);
  }
  return [...regions]
    .sort(
      ([a], [b]) => Number(a === '') - Number(b === '') || a.localeCompare(b),
    )
    .map(([region, members]) => ({
      region,
      clusters: members.sort(
        (a, b) =>
          compareEnvironments(a.environment, b.environment) ||
          a.name.localeCompare(b.name),
      ),
    }));
}

/** The same with what needs attention first, for screens that show little at once. */
export function worstRegionsFirst(regions: ClusterRegion[]): ClusterRegion[] {
  return regions
    .map(({ region, clusters }) => ({
      region,
      clusters: [...clusters].sort((a, b) => urgencyOf(a) - urgencyOf(b)),
    }))
    .sort((a, b) => urgencyOf(a.clusters[0]) - urgencyOf(b.clusters[0]));
}
