import { DEPLOYMENT_STATES } from '@backstage-fleet/plugin-fleet-common';
import { toClusterSummary, toDeployment } from '../../store';
import { notModified } from '../../http/notModified';
import {
  clusterFilter,
  serviceFilter,
  stateFilter,
  textFilter,
} from '../query/filters';
import { paginate } from '../query/page';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /deployments` */
export function registerFindDeployments(
  router: FleetRouter,
  { store, visibilities }: ReadRoutesOptions,
) {
  router.get('/deployments', async (request, response) => {
    const visible = await visibilities.ofRequest(
      request,
      'deployments',
      'see deployments',
    );
    if (notModified(request, response, store.revision, visible.viewer)) {
      return;
    }
    const { query } = request;
    const onCluster = clusterFilter(store, visible, query);
    const ofService = serviceFilter(store, { owner: query.owner });
    const inState = stateFilter(query);
    const contains = textFilter(query.text);
    const found = [...store.applications()].flatMap(record => {
      const { service, clusterId, name } = record;
      if (service === undefined || !inState(record)) return [];
      if (query.service !== undefined && service !== query.service) return [];
      const cluster = store.cluster(clusterId);
      return cluster &&
        onCluster(cluster) &&
        ofService(service) &&
        contains(service, name, cluster.name) &&
        visible.deployment(record)
        ? [{ service, cluster, record }]
        : [];
    });
    const page = paginate(found, query, {
      id: ({ record }) => record.id,
      fields: {
        state: ({ record }) => DEPLOYMENT_STATES.indexOf(record.state.state),
        service: ({ service }) => service,
        cluster: ({ cluster }) => cluster.id,
        region: ({ cluster }) => cluster.region,
        environment: ({ cluster }) => cluster.environment,
        version: ({ record }) => record.running?.text,
        since: ({ record }) => record.state.healthSince,
      },
    });
    const hubs = new Map(store.hubs.map(hub => [hub.id, hub]));
    response.json({
      revision: store.revision,
      hubs: visible.freshness(query.hub),
      ...page,
      items: page.items.map(({ service, cluster, record }) => ({
        service,
        cluster: toClusterSummary(cluster),
        deployment: {
          ...toDeployment(
            record,
            hubs.get(record.hub),
            store.freshnessOf(record),
          ),
          actions: visible.actions(record),
        },
      })),
    });
  });
}
