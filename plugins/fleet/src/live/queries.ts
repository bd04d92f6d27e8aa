import {
  Change,
  ChangeList,
  ClusterList,
  DeploymentList,
  Explanation,
  FindDeployments,
  FLEET_CHANGE_CHANNEL,
  FleetChangeSignal,
  FoundDeploymentList,
  GetChanges,
  GetClusters,
  HubList,
} from '@backstage-fleet/plugin-fleet-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect } from 'react';
import { fleetApiRef } from '../api';
import { useFleetRefresh } from './useFleetRefresh';
import { Loaded, useLoaded } from './useLoaded';

/** One row for each cluster of a service, kept current. */
export function useDeployments(
  service: string | undefined,
): Loaded<DeploymentList> {
  const api = useApi(fleetApiRef);
  const loaded = useLoaded(service, () => api.getDeployments(service!));
  useFleetRefresh(loaded.reload);
  return loaded;
}

/**
 * Deployments of all services on all clusters that match, kept current.
 *
 * @param filter - `undefined` asks for nothing
 */
export function useFoundDeployments(
  filter: FindDeployments['query'] | undefined,
): Loaded<FoundDeploymentList> {
  const api = useApi(fleetApiRef);
  const loaded = useLoaded(filter && JSON.stringify(filter), () =>
    api.findDeployments(filter!),
  );
  useFleetRefresh(loaded.reload);
  return loaded;
}

/** Why a service is, or is not, on a cluster (`hub/name`), kept current. */
export function useExplain(
  service: string,
  cluster: string,
): Loaded<Explanation> {
  const api = useApi(fleetApiRef);
  const loaded = useLoaded(`${service} ${cluster}`, () =>
    api.explain(service, cluster),
  );
  useFleetRefresh(loaded.reload);
  return loaded;
}

/** The hubs and their freshness, kept current. */
export function useHubs(): Loaded<HubList> {
  const api = useApi(fleetApiRef);
  const loaded = useLoaded('hubs', () => api.getHubs());
  useFleetRefresh(loaded.reload);
  return loaded;
}

/**
 * The clusters that match, kept current.
 *
 * @param filter - `undefined` asks for nothing
 */
export function useClusters(
  filter: GetClusters['query'] | undefined,
): Loaded<ClusterList> {
  const api = useApi(fleetApiRef);
  const loaded = useLoaded(filter && JSON.stringify(filter), () =>
    api.getClusters(filter!),
  );
  useFleetRefresh(loaded.reload);
  return loaded;
}

/** Changes, the newest first, kept current. */
export function useChanges(filter: GetChanges['query']): Loaded<ChangeList> {
  const api = useApi(fleetApiRef);
  const loaded = useLoaded(JSON.stringify(filter), () =>
    api.getChanges(filter),
  );
  useFleetRefresh(loaded.reload, FLEET_CHANGE_CHANNEL);
  return loaded;
}

/** Change states that will not move on by themselves. */
const ENDED: Change['state'][] = [
  'unchanged',
  'healthy',
  'failed',
  'stopped',
  'superseded',
];

/** How often an open change is asked for while it moves, in milliseconds. */
const CHANGE_INTERVAL = 2_000;

/** A change, followed until its end. */
export function useChange(id: string | undefined): Loaded<Change> {
  const api = useApi(fleetApiRef);
  const loaded = useLoaded(id, () => api.getChange(id!));
  const { reload, value } = loaded;
  useFleetRefresh<FleetChangeSignal>(signal => {
    if (!signal?.id || signal.id === id) {
      reload();
    }
  }, FLEET_CHANGE_CHANNEL);
  const moving =
    value === undefined || !(value.ended ?? ENDED.includes(value.state));
  useEffect(() => {
    if (id === undefined || !moving) {
      return undefined;
    }
    const timer = setInterval(reload, CHANGE_INTERVAL);
    return () => clearInterval(timer);
  }, [id, moving, reload]);
  return loaded;
}
