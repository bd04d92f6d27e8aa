import type {
  HubSnapshot,
  RepositoryLookup,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { FleetStore } from './fleetStore';
import type { ClusterEntry } from './records';

/** What Argo CD calls the cluster that it runs in, where no Secret names it. Source: Argo CD `common/common.go`. */
const IN_CLUSTER = 'in-cluster';

/** What a hub's Argo CD knows, for the engine. Projects stay open while the hub does not tell them. */
export function hubSnapshot(
  store: FleetStore,
  hub: string,
  repositories: RepositoryLookup,
): HubSnapshot {
  const connections = store.connections(hub);
  const clusters = store.clustersOf(hub).registered;
  const self = ownCluster(store, hub, clusters);
  return {
    ...(self === undefined ? {} : { self }),
    clusters: clusters.map(
      ({ name, server, project, labels, annotations }) => ({
        name,
        server,
        project,
        labels,
        annotations,
      }),
    ),
    projects:
      connections.kindStatus('AppProject') === 'live'
        ? [...store.objects(hub, 'AppProject').values()].map(
            ({ metadata }) => metadata.name,
          )
        : undefined,
    repositories,
    newGitFileGlobbing: store.hubs.find(({ id }) => id === hub)
      ?.newGitFileGlobbing,
  };
}

/**
 * The name that the fleet's files give the hub's own cluster: the configured one; else the one that a Secret registers it
 * with; else the hub's id, where the hub has no other cluster. A hub with spokes needs no such name.
 */
function ownCluster(
  store: FleetStore,
  hub: string,
  clusters: ClusterEntry[],
): string | undefined {
  const configured = store.hubs.find(({ id }) => id === hub)?.cluster;
  if (configured !== undefined) return configured;
  const own = clusters.find(({ kind }) => kind === 'in-cluster');
  if (own && own.name !== IN_CLUSTER) return own.name;
  return clusters.every(({ kind }) => kind === 'in-cluster') ? hub : undefined;
}
