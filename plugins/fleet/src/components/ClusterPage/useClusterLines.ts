import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { Loaded, useFoundDeployments } from '../../live';
import { unconfirmed } from '../../live/unconfirmed';
import { ClusterLine, clusterLines } from './clusterLines';

/** What runs on a cluster, the worst first, kept current. */
export function useClusterLines(cluster: Cluster): Loaded<ClusterLine[]> {
  const loaded = useFoundDeployments({ hub: cluster.hub, text: cluster.name });
  const { value, error, answeredAt } = loaded;
  const hubs =
    value && error !== undefined
      ? unconfirmed(value.hubs, answeredAt)
      : value?.hubs;
  return {
    ...loaded,
    value: value && hubs && clusterLines({ items: value.items, hubs }, cluster),
  };
}
