import { NotFoundError } from '@backstage/errors';
import { toCluster, toDeployment, toService } from '../../store';
import { notModified } from '../notModified';
import { clusterFilter } from '../query/filters';
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
    const { query } = request;
    const onCluster = clusterFilter(store, query);
    const hubs = new Map(store.hubs.map(hub => [hub.id, hub]));
    const deploymentsOn = (clusterId: string) =>
      store
        .deployed(service, clusterId)
        .filter(visible.deployment)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(record => ({
          ...toDeployment(
            record,
            hubs.get(record.hub),
            store.freshnessOf(record),
          ),
          actions: visible.actions(record),
        }));
    response.json({
      revision: store.revision,
      hubs: visible.freshness(query.hub),
      service: toService(store, service, visible.deployment),
      items: clusters.flatMap(cluster => {
        if (!onCluster(cluster) || !visible.cluster(cluster)) return [];
        const deployments = deploymentsOn(cluster.id);
        // The validator checked that it is a boolean and leaves it a string.
        const wanted = String(query.deployed ?? deployments.length > 0);
        if (wanted !== String(deployments.length > 0)) return [];
        const file = repositories.clusterFile(cluster);
        return [
          {
            cluster: toCluster(store, cluster, file, visible.deployment),
            deployments,
          },
        ];
      }),
    });
  });
}
