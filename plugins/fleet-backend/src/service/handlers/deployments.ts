import { NotFoundError } from '@backstage/errors';
import { toCluster, toDeployment, toService } from '../../store';
import { notModified } from '../notModified';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /services/{service}/deployments` */
export function registerDeployments(
  router: FleetRouter,
  { store, repositories, visibilities }: ReadRoutesOptions,
) {
  router.get('/services/:service/deployments', async (request, response) => {
    const visible = await visibilities.ofRequest(
      request,
      'deployments',
      'see deployments',
    );
    const { service } = request.params;
    const { rows, clusters } = store.axes();
    if (!rows.has(service) || !visible.service(service)) {
      throw new NotFoundError(
        `No service '${service}' is known: no Application on a hub belongs to it, and no catalog entity is annotated fleet/service: ${service}.`,
      );
    }
    if (
      notModified(
        request,
        response,
        store.revision,
        visible.viewer,
        repositories.heads,
      )
    ) {
      return;
    }
    const hubs = new Map(store.hubs.map(hub => [hub.id, hub]));
    response.json({
      revision: store.revision,
      hubs: visible.freshness(),
      service: toService(store, service, visible.deployment),
      items: clusters.filter(visible.cluster).map(cluster => ({
        cluster: toCluster(
          store,
          cluster,
          repositories.clusterFile(cluster),
          visible.deployment,
        ),
        deployments: store
          .deployed(service, cluster.id)
          .filter(visible.deployment)
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .map(record =>
            toDeployment(
              record,
              hubs.get(record.hub),
              store.freshnessOf(record),
            ),
          ),
      })),
    });
  });
}
