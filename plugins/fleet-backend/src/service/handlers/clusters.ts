import { fleetClusterReadPermission } from '@backstage-fleet/plugin-fleet-common';
import { NotFoundError } from '@backstage/errors';
import { toCluster } from '../../store';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /clusters` */
export function registerClusters(
  router: FleetRouter,
  { store, repositories, allowRead }: ReadRoutesOptions,
) {
  router.get('/clusters', async (request, response) => {
    await allowRead(request, fleetClusterReadPermission, 'clusters');
    const { hub, region, environment } = request.query;
    if (hub !== undefined && !store.hubs.some(({ id }) => id === hub)) {
      throw new NotFoundError(
        `There is no hub '${hub}'. Configured are: ${
          store.hubs.map(({ id }) => id).join(', ') || 'none'
        }.`,
      );
    }
    const items = store
      .axes()
      .clusters.filter(
        cluster =>
          (hub === undefined || cluster.hub === hub) &&
          (region === undefined || cluster.region === region) &&
          (environment === undefined || cluster.environment === environment),
      )
      .map(cluster =>
        toCluster(store, cluster, repositories.clusterFile(cluster)),
      );
    response.json({
      revision: store.revision,
      hubs: store.freshness(hub),
      items,
    });
  });
}
