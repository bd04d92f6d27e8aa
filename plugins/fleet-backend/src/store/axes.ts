import { ClusterIndex, compareClusters } from './clusterIndex';
import type { ApplicationRecord, ClusterEntry } from './records';

/** Rows and columns of the matrix. Stays the same object until one of them changes. */
export interface Axes {
  services: string[];
  clusters: ClusterEntry[];
  rows: ReadonlyMap<string, number>;
  columns: ReadonlyMap<string, number>;
}

/**
 * Rows: every service. Columns: every cluster that a Secret registers, and every other one that a service is on.
 *
 * @param services - names, in any order and more than once
 */
export function buildAxes(
  services: Iterable<string>,
  hubs: ClusterIndex[],
  applications: Iterable<ApplicationRecord>,
): Axes {
  const rows = [...new Set(services)].sort();
  const clusters = new Map<string, ClusterEntry>();
  for (const index of hubs) {
    for (const cluster of index.registered) clusters.set(cluster.id, cluster);
  }
  const byHub = new Map(hubs.map(index => [index.hub, index]));
  for (const { service, clusterId, hub, object } of applications) {
    const index = byHub.get(hub);
    if (!service || !index || clusters.has(clusterId)) continue;
    clusters.set(clusterId, index.resolve(object.spec?.destination ?? {}));
  }
  const columns = [...clusters.values()].sort(compareClusters);
  return {
    services: rows,
    clusters: columns,
    rows: new Map(rows.map((service, index) => [service, index])),
    columns: new Map(columns.map(({ id }, index) => [id, index])),
  };
}
