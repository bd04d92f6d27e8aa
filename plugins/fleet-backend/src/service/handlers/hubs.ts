import type { Hub } from '@backstage-fleet/plugin-fleet-common';
import type { HubDefinition } from '../../hubs';
import type { FleetStore } from '../../store';
import { notModified } from '../../http/notModified';
import type { Visibility } from '../visibility';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /hubs` */
export function registerHubs(
  router: FleetRouter,
  { store, visibilities }: ReadRoutesOptions,
) {
  router.get('/hubs', async (request, response) => {
    const visible = await visibilities.ofRequest(
      request,
      'clusters',
      'see hubs',
    );
    if (notModified(request, response, store.revision, visible.viewer)) {
      return;
    }
    response.json({
      revision: store.revision,
      items: store.hubs.flatMap(hub => toHub(store, hub, visible)),
    });
  });
}

/** A hub, for who may see all of it or at least one of its clusters; counted is what may be seen. */
function toHub(
  store: FleetStore,
  hub: HubDefinition,
  visible: Visibility,
): Hub[] {
  const registered = store
    .clustersOf(hub.id)
    .registered.filter(visible.cluster);
  if (!visible.hub(hub.id)) return [];
  const connections = store.connections(hub.id);
  const applications = visible.everything
    ? store.objects(hub.id, 'Application').size
    : [...store.applications()].filter(
        record => record.hub === hub.id && visible.deployment(record),
      ).length;
  const { id, title, url, argocdUrl, cluster } = hub;
  return [
    {
      id,
      title,
      url,
      argocdUrl,
      cluster,
      actions: hub.actions ?? false,
      freshness: connections.freshness(hub),
      kinds: connections.kinds(kind =>
        visible.everything ? store.objects(hub.id, kind).size : 0,
      ),
      counts: {
        clusters: registered.length,
        applications,
        applicationSets: visible.everything
          ? store.objects(hub.id, 'ApplicationSet').size
          : 0,
      },
    },
  ];
}
