import {
  fleetClusterReadPermission,
  type Hub,
} from '@backstage-fleet/plugin-fleet-common';
import type { HubDefinition } from '../../hubs';
import type { FleetStore } from '../../store';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /hubs` */
export function registerHubs(
  router: FleetRouter,
  { store, allowRead }: ReadRoutesOptions,
) {
  router.get('/hubs', async (request, response) => {
    await allowRead(request, fleetClusterReadPermission, 'hubs');
    response.json({
      revision: store.revision,
      items: store.hubs.map(hub => toHub(store, hub)),
    });
  });
}

function toHub(store: FleetStore, hub: HubDefinition): Hub {
  const connections = store.connections(hub.id);
  return {
    ...hub,
    freshness: connections.freshness(hub),
    kinds: connections.kinds(kind => store.objects(hub.id, kind).size),
    counts: {
      clusters: store.objects(hub.id, 'Cluster').size,
      applications: store.objects(hub.id, 'Application').size,
      applicationSets: store.objects(hub.id, 'ApplicationSet').size,
    },
  };
}
