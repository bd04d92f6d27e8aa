import { buildMatrix } from '../../store';
import { notModified } from '../../http/notModified';
import { clusterFilter, serviceFilter, stateFilter } from '../query/filters';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /matrix` */
export function registerMatrix(
  router: FleetRouter,
  { store, visibilities }: ReadRoutesOptions,
) {
  router.get('/matrix', async (request, response) => {
    const visible = await visibilities.ofRequest(
      request,
      'deployments',
      'see deployments',
    );
    if (notModified(request, response, store.revision, visible.viewer)) {
      return;
    }
    const { query } = request;
    const { since } = query;
    const asked = serviceFilter(store, query);
    const onCluster = clusterFilter(store, visible, query);
    const having = stateFilter(query);
    const byState = [query.state, query.health, query.sync].some(
      value => value !== undefined,
    );
    response.json({
      ...buildMatrix(
        store,
        // The validator checked that it is an integer and leaves it a string. Rows of who sees a part come and go with
        // what is deployed, so only who sees everything can be told a delta; the same holds for rows chosen by state.
        since === undefined || !visible.everything || byState
          ? undefined
          : Number(since),
        {
          service: name => visible.service(name) && asked(name),
          cluster: cluster => visible.cluster(cluster) && onCluster(cluster),
          deployment: visible.deployment,
          having: byState ? having : undefined,
          rollups: String(query.rollups) === 'true',
        },
      ),
      hubs: visible.freshness(),
    });
  });
}
