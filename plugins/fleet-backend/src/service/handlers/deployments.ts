import { fleetDeploymentReadPermission } from '@backstage-fleet/plugin-fleet-common';
import { NotFoundError } from '@backstage/errors';
import { toCluster, toDeployment, toService } from '../../store';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /services/{service}/deployments` */
export function registerDeployments(
  router: FleetRouter,
  { store, repositories, allowRead }: ReadRoutesOptions,
) {
  router.get('/services/:service/deployments', async (request, response) => {
    await allowRead(request, fleetDeploymentReadPermission, 'deployments');
    const { service } = request.params;
    const { rows, clusters } = store.axes();
    if (!rows.has(service)) {
      throw new NotFoundError(
        `No service '${service}' is known: no Application on a hub belongs to it, and no catalog entity is annotated fleet/service: ${service}.`,
      );
    }
    const hubs = new Map(store.hubs.map(hub => [hub.id, hub]));
    response.json({
      revision: store.revision,
      hubs: store.freshness(),
      service: toService(store, service),
      items: clusters.map(cluster => ({
        cluster: toCluster(store, cluster, repositories.clusterFile(cluster)),
        deployments: store
          .deployed(service, cluster.id)
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
