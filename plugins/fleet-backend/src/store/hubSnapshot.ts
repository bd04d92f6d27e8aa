import type {
  HubSnapshot,
  RepositoryLookup,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { FleetStore } from './fleetStore';

/** What a hub's Argo CD knows, for the engine. Projects stay open while the hub does not tell them. */
export function hubSnapshot(
  store: FleetStore,
  hub: string,
  repositories: RepositoryLookup,
): HubSnapshot {
  const connections = store.connections(hub);
  return {
    clusters: store
      .registeredClusters(hub)
      .map(({ name, server, project, labels, annotations }) => ({
        name,
        server,
        project,
        labels,
        annotations,
      })),
    projects:
      connections.kindStatus('AppProject') === 'live'
        ? [...store.objects(hub, 'AppProject').values()].map(
            ({ metadata }) => metadata.name,
          )
        : undefined,
    repositories,
  };
}
