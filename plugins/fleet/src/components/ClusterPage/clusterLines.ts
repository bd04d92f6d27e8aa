import {
  Cluster,
  Deployment,
  FoundDeployment,
  FoundDeploymentList,
  HubFreshness,
} from '@backstage-fleet/plugin-fleet-common';
import {
  CellState,
  CELL_STATES,
  ignoranceOf,
  severity,
  timeOf,
} from '../../matrix/cellView';

/** What runs on a cluster: one deployment of a service, as far as it can be trusted. */
export interface ClusterLine {
  service: string;
  deployment: Deployment;
  /** What to show now: the deployment's state, or that its hub is not heard. */
  state: CellState;
  /** Whether the state comes from silence, and the deployment's own is only the last known. */
  silent: boolean;
  /** Since when the deployment is in its state, or when it was last heard of; in milliseconds since 1970. */
  since: number | undefined;
}

/** The deployments of a cluster, the worst first. */
export function clusterLines(
  list: Pick<FoundDeploymentList, 'items' | 'hubs'>,
  cluster: Cluster,
): ClusterLine[] {
  const hub = list.hubs.find(each => each.id === cluster.hub);
  return (
    list.items
      // The text is looked for in every name.
      .filter(item => item.cluster.id === cluster.id)
      .sort(
        (a, b) =>
          severity(a.deployment.state) - severity(b.deployment.state) ||
          a.service.localeCompare(b.service),
      )
      .map(item => lineOf(item, hub))
  );
}

/** How many lines are in each state, in the order of attention. */
export function countStates(
  lines: ClusterLine[],
): Array<{ state: CellState; count: number }> {
  return CELL_STATES.map(state => ({
    state,
    count: lines.filter(line => line.state === state).length,
  }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => severity(a.state) - severity(b.state));
}

function lineOf(
  { service, deployment }: FoundDeployment,
  hub: HubFreshness | undefined,
): ClusterLine {
  const trust = trustOf(deployment, hub);
  const silent = trust.status !== 'live';
  return {
    service,
    deployment,
    silent,
    state: silent ? ignoranceOf(trust.status, true) : deployment.state,
    since: timeOf(silent ? trust.observedAt : deployment.healthSince),
  };
}

/** How far a deployment can be trusted: no further than its hub, nor than the cluster's own connection. */
function trustOf(
  { freshness }: Deployment,
  hub: HubFreshness | undefined,
): Pick<HubFreshness, 'status' | 'observedAt'> {
  if (hub?.status === 'live' && freshness && freshness.status !== 'live') {
    return freshness;
  }
  return hub ?? { status: 'connecting' };
}
