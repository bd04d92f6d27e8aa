import { Cluster, HubFreshness } from '@backstage-fleet/plugin-fleet-common';

/** What people call a cluster: its name, but `in-cluster` is what every hub calls itself, so there the hub's title. */
export function clusterTitle(
  cluster: Pick<Cluster, 'name' | 'kind' | 'hub'>,
  hub: Pick<HubFreshness, 'title'> | undefined,
): string {
  return cluster.kind === 'in-cluster'
    ? hub?.title ?? cluster.hub
    : cluster.name;
}
