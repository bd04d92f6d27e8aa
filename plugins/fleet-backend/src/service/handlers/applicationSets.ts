import { toApplicationSet } from '../applicationSetView';
import { notModified } from '../../http/notModified';
import { clusterFilter, textFilter } from '../query/filters';
import { paginate } from '../query/page';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /application-sets` */
export function registerApplicationSets(
  router: FleetRouter,
  { store, visibilities }: ReadRoutesOptions,
) {
  router.get('/application-sets', async (request, response) => {
    const visible = await visibilities.ofRequest(
      request,
      'deployments',
      'see ApplicationSets',
    );
    if (notModified(request, response, store.revision, visible.viewer)) {
      return;
    }
    const { query } = request;
    // Refuses a hub that there is not.
    clusterFilter(store, visible, query);
    const contains = textFilter(query.text);
    const found = store.hubs
      .filter(({ id }) => query.hub === undefined || id === query.hub)
      .flatMap(({ id: hub }) =>
        [...store.objects(hub, 'ApplicationSet').values()].map(object => ({
          hub,
          object,
          id: `${hub}/${object.metadata.namespace}/${object.metadata.name}`,
          applications: store
            .applicationsOfSet(
              hub,
              object.metadata.namespace ?? '',
              object.metadata.name,
            )
            .filter(visible.deployment),
        })),
      )
      .filter(
        ({ applications, object }) =>
          (visible.everything || applications.length > 0) &&
          contains(
            object.metadata.name,
            ...applications.map(({ service }) => service),
          ),
      );
    const page = paginate(found, query, {
      id: ({ id }) => id,
      fields: { id: ({ id }) => id },
    });
    response.json({
      revision: store.revision,
      hubs: visible.freshness(query.hub),
      ...page,
      items: page.items.map(({ hub, object, applications }) =>
        toApplicationSet(hub, object, {
          applications,
          clusters: store.clustersOf(hub).registered.filter(visible.cluster),
        }),
      ),
    });
  });
}
