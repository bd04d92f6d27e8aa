/** What a cluster is told from others by. */
export interface NamedCluster {
  /** `hub/name`. */
  id: string;
  name: string;
  hub: string;
  kind?: 'spoke' | 'in-cluster';
}

/**
 * Names for clusters by which other systems can tell them apart, each by its id: the cluster's own name; with the hub's
 * before it where several hubs have one of that name; and the hub's name for the cluster that Argo CD itself runs on.
 */
export function uniqueClusterNames(
  clusters: readonly NamedCluster[],
): Map<string, string> {
  const plain = (cluster: NamedCluster) =>
    cluster.kind === 'in-cluster' ? cluster.hub : cluster.name;
  const count = new Map<string, number>();
  for (const cluster of clusters) {
    count.set(plain(cluster), (count.get(plain(cluster)) ?? 0) + 1);
  }
  return new Map(
    clusters.map(cluster => [
      cluster.id,
      count.get(plain(cluster)) === 1
        ? plain(cluster)
        : `${cluster.hub}-${cluster.name}`,
    ]),
  );
}
