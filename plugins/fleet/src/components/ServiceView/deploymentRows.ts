import {
  ClusterSummary,
  Deployment,
  DeploymentList,
  HubFreshness,
} from '@backstage-fleet/plugin-fleet-common';
import { CellView, cellView, severity, timeOf } from '../../matrix/cellView';
import { compareEnvironments } from '../../matrix/columns';
import { ServicePlace } from '../../matrix/places';

/** A line of the service view: a deployment, or a cluster without one. */
export interface DeploymentLine {
  id: string;
  cluster: ClusterSummary;
  deployment?: Deployment;
  hub?: HubFreshness;
  view: CellView;
}

/** The lines of a service, by environment in the order of promotion, then region and cluster. */
export function deploymentLines(list: DeploymentList): DeploymentLine[] {
  return list.items
    .flatMap(({ cluster, deployments }) => {
      const hub = list.hubs.find(each => each.id === cluster.hub);
      if (deployments.length === 0) {
        return [
          { id: cluster.id, cluster, hub, view: cellView(undefined, hub) },
        ];
      }
      return deployments.map(deployment => ({
        id: `${cluster.id} ${deployment.id}`,
        cluster,
        deployment,
        hub,
        view: cellView(
          {
            state: deployment.state,
            health: deployment.health,
            sync: deployment.sync,
            running: deployment.running?.text,
            desired: deployment.desired?.text,
            since: timeOf(deployment.healthSince),
            freshness: deployment.freshness?.status,
            observedAt: timeOf(deployment.freshness?.observedAt),
          },
          hub,
        ),
      }));
    })
    .sort(
      (a, b) =>
        compareEnvironments(a.cluster.environment, b.cluster.environment) ||
        (a.cluster.region ?? '').localeCompare(b.cluster.region ?? '') ||
        a.cluster.name.localeCompare(b.cluster.name),
    );
}

/** Where the service is. A place is as old as its last sync: that is when the version came. */
export function placesOfLines(lines: DeploymentLine[]): ServicePlace[] {
  return lines.map(({ cluster, deployment, view }) => ({
    cluster,
    view,
    since: timeOf(deployment?.syncedAt) ?? view.since,
  }));
}

/** Ids of the clusters where the service differs from Git and may be synced; none of those that are not heard. */
export function unsyncedClusters(lines: DeploymentLine[]): string[] {
  const ids = lines
    .filter(
      ({ deployment, view }) =>
        !view.hatched &&
        deployment?.sync === 'OutOfSync' &&
        deployment.actions?.includes('sync'),
    )
    .map(({ cluster }) => cluster.id);
  return [...new Set(ids)];
}

/** The same lines, the worst first. */
export function worstFirst(lines: DeploymentLine[]): DeploymentLine[] {
  return [...lines].sort(
    (a, b) => severity(a.view.state) - severity(b.view.state),
  );
}

/** The versions that run and on how many clusters, the most common first. */
export function versionCounts(
  lines: DeploymentLine[],
): Array<{ version: string | undefined; count: number }> {
  const counts = new Map<string | undefined, number>();
  for (const { deployment, view } of lines) {
    if (deployment) {
      counts.set(view.version, (counts.get(view.version) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([version, count]) => ({ version, count }))
    .sort((a, b) => b.count - a.count);
}
