import { type ApplicationRecord, toDeployment, toService } from '../../store';
import { notModified } from '../../http/notModified';
import { clusterFilter } from '../query/filters';
import { deploymentRow, withItems } from '../deploymentRows';
import { requireService } from '../requireService';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /services/{service}/deployments` */
export function registerDeployments(
  router: FleetRouter,
  { store, visibilities }: ReadRoutesOptions,
) {
  router.get('/services/:service/deployments', async (request, response) => {
    const visible = await visibilities.ofRequest(
      request,
      'deployments',
      'see deployments',
    );
    const { service } = request.params;
    requireService(store, visible, service);
    const { clusters } = store.axes();
    if (notModified(request, response, store.revision, visible.viewer)) return;
    const { query } = request;
    const onCluster = clusterFilter(store, visible, query);
    const hubs = new Map(store.hubs.map(hub => [hub.id, hub]));
    const found = byCluster(
      store.applicationsOfService(service).filter(visible.deployment),
    );
    const toItem = (record: ApplicationRecord) => ({
      ...toDeployment(record, hubs.get(record.hub), store.freshnessOf(record)),
      actions: visible.actions(record),
    });
    const rows = clusters.flatMap(cluster => {
      if (!onCluster(cluster) || !visible.cluster(cluster)) return [];
      const deployments = found.get(cluster.id) ?? [];
      // The validator checked that it is a boolean and leaves it a string.
      const wanted = String(query.deployed ?? deployments.length > 0);
      if (wanted !== String(deployments.length > 0)) return [];
      return [deploymentRow(cluster, deployments.map(toItem))];
    });
    const envelope = {
      revision: store.revision,
      hubs: visible.freshness(query.hub),
      service: toService(store, service, visible.deployment),
    };
    response.type('json').send(withItems(envelope, rows) as any);
  });
}

/** Deployments by the cluster that they are on, in the order of their ids. */
function byCluster(
  records: ApplicationRecord[],
): Map<string, ApplicationRecord[]> {
  const found = new Map<string, ApplicationRecord[]>();
  for (const record of records.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const others = found.get(record.clusterId);
    if (others) others.push(record);
    else found.set(record.clusterId, [record]);
  }
  return found;
}
