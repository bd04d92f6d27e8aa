import type { Deployment } from '@backstage-fleet/plugin-fleet-common';
import type {
  ClusterRecord,
  RepositoryLookup,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { FleetView } from '../changes';
import { FleetStore, toDeployment } from '../store';
import { hubSnapshot } from '../store/hubSnapshot';

/** What the write path sees of the store. */
export function createFleetView(
  store: FleetStore,
  repositories: RepositoryLookup,
): FleetView {
  const known = (hubs: string[]) =>
    hubs.filter(id => store.hubs.some(hub => hub.id === id));

  return {
    hub(hubs) {
      const clusters: ClusterRecord[] = [];
      let projects: string[] | undefined = [];
      for (const id of known(hubs)) {
        if (store.hubStatus(id) === 'connecting') return undefined;
        const snapshot = hubSnapshot(store, id, repositories);
        clusters.push(...snapshot.clusters);
        projects = snapshot.projects && projects?.concat(snapshot.projects);
      }
      return known(hubs).length === 0
        ? undefined
        : { clusters, projects, repositories };
    },
    deployment(hubs, { namespace, name }): Deployment | undefined {
      for (const id of known(hubs)) {
        const record = store.application(`${id}/${namespace}/${name}`);
        if (record) {
          return toDeployment(
            record,
            store.hubs.find(hub => hub.id === id),
          );
        }
      }
      return undefined;
    },
    ownerOf: service => store.declaredService(service)?.owner,
    live: hubs =>
      known(hubs).length > 0 &&
      known(hubs).every(id => store.hubStatus(id) === 'live'),
    onRevision: listener => store.onRevision(() => listener()),
  };
}
