import { DEPLOYMENT_STATES } from '@backstage-fleet/plugin-fleet-common';
import { toService } from '../../store';
import { notModified } from '../../http/notModified';
import { clusterFilter, serviceFilter, stateFilter } from '../query/filters';
import { paginate } from '../query/page';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /services` */
export function registerServices(
  router: FleetRouter,
  { store, visibilities }: ReadRoutesOptions,
) {
  router.get('/services', async (request, response) => {
    const visible = await visibilities.ofRequest(
      request,
      'deployments',
      'see services',
    );
    if (notModified(request, response, store.revision, visible.viewer)) {
      return;
    }
    const { query } = request;
    const { hub, region, environment, clusterLabels, state } = query;
    const asked = serviceFilter(store, query);
    const onCluster = clusterFilter(store, visible, query);
    const inState = stateFilter(query);
    // Where it is asked what runs somewhere, what runs nowhere is left out.
    const placed = [hub, region, environment, clusterLabels, state].some(
      value => value !== undefined,
    );
    const services = store
      .axes()
      .services.filter(name => visible.service(name) && asked(name))
      .filter(
        name =>
          !placed ||
          store.applicationsOfService(name).some(record => {
            const cluster = store.cluster(record.clusterId);
            return (
              cluster !== undefined &&
              visible.deployment(record) &&
              onCluster(cluster) &&
              inState(record)
            );
          }),
      )
      .map(name => toService(store, name, visible.deployment));
    const page = paginate(services, query, {
      id: ({ name }) => name,
      fields: {
        name: ({ name }) => name,
        title: ({ title }) => title.toLocaleLowerCase('en-US'),
        owner: ({ owner }) => owner,
        deployments: ({ deployments }) => deployments,
        worst: ({ worst }) => worst && DEPLOYMENT_STATES.indexOf(worst),
      },
    });
    response.json({
      revision: store.revision,
      hubs: visible.freshness(),
      ...page,
    });
  });
}
