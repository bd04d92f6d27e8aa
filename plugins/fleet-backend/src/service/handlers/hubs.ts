import type { Hub } from '@backstage-fleet/plugin-fleet-common';
import type { HubObjectKind } from '@backstage-fleet/plugin-fleet-node';
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
    // A quiet hub makes no revision, but is heard again and again.
    const heard = store
      .freshness()
      .map(({ observedAt }) => observedAt?.toISOString() ?? '');
    if (
      notModified(request, response, store.revision, visible.viewer, ...heard)
    ) {
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
  const { ofKind } = countObjects(store, hub, visible);
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
      kinds: connections.kinds(ofKind),
      counts: {
        clusters: registered.length,
        applications: ofKind('Application'),
        applicationSets: ofKind('ApplicationSet'),
      },
    },
  ];
}

/**
 * How many objects of each kind may be seen. An ApplicationSet may where one of its Applications may; of other kinds a part
 * cannot be told, so none are counted for who sees a part.
 */
function countObjects(
  store: FleetStore,
  { id }: HubDefinition,
  visible: Visibility,
): { ofKind(kind: HubObjectKind): number } {
  const visibleSets = () =>
    [...store.objects(id, 'ApplicationSet').values()].filter(
      ({ metadata: { namespace = '', name } }) =>
        store.applicationsOfSet(id, namespace, name).some(visible.deployment),
    ).length;
  const visibleOfKind: Partial<Record<HubObjectKind, () => number>> = {
    Application: () =>
      [...store.applications()].filter(
        record => record.hub === id && visible.deployment(record),
      ).length,
    ApplicationSet: visibleSets,
    Cluster: () =>
      store.clustersOf(id).registered.filter(visible.cluster).length,
  };
  return {
    ofKind: kind =>
      visible.everything
        ? store.objects(id, kind).size
        : visibleOfKind[kind]?.() ?? 0,
  };
}
