import {
  ClusterSummary,
  compareVersions,
} from '@backstage-fleet/plugin-fleet-common';
import { CellView, isAbsent } from './cellView';
import { compareEnvironments } from './columns';
import { viewAt } from './filter';
import { FleetMatrix } from './matrix';
import { RollUp, rollUp } from './rollup';
import { newestFirst, versionsBehind } from './versions';

/** A service on a cluster, deployed or not. */
export interface ServicePlace {
  cluster: ClusterSummary;
  view: CellView;
  /** Since when it is in this version or state, in milliseconds since 1970. */
  since?: number;
}

/** One environment on a service's way to production. */
export interface LaneStop {
  environment: string;
  /** Where the service is in this environment. */
  deployed: ServicePlace[];
  /** The versions there, the newest first, and on how many clusters each is. */
  versions: Array<{ version: string; count: number }>;
  summary: RollUp;
  /** When the last of them came into its version or state. */
  since?: number;
  /** What the environment before has and this one does not. */
  waiting?: {
    from: string;
    version: string;
    /** How many releases the oldest here is behind it; 0 where that cannot be counted. */
    behind: number;
  };
}

/** Where a service of the matrix is. */
export function placesOfMatrix(
  matrix: FleetMatrix,
  service: string,
): ServicePlace[] {
  const row = matrix.services.findIndex(each => each.name === service);
  return row < 0
    ? []
    : matrix.clusters.map((cluster, column) => {
        const view = viewAt(matrix, row, column);
        return { cluster, view, since: view.since };
      });
}

/** Whether the service is there, as far as anybody knows. */
export function isDeployed(place: ServicePlace): boolean {
  return !isAbsent(place.view) && place.view.state !== 'not-deployed';
}

/** The environments in the order of promotion, with what runs there and what waits. Clusters without one are left out. */
export function promotionLane(places: ServicePlace[]): LaneStop[] {
  const environments = [
    ...new Set(places.flatMap(({ cluster }) => cluster.environment ?? [])),
  ].sort(compareEnvironments);
  const stops = environments.map(environment =>
    laneStop(
      environment,
      places.filter(place => place.cluster.environment === environment),
    ),
  );
  return stops.map((stop, at) => {
    const source = stops
      .slice(0, at)
      .reverse()
      .find(each => each.versions.length > 0);
    const waiting = source && waitingAt(stop, source);
    return waiting ? { ...stop, waiting } : stop;
  });
}

/** The versions that are anywhere, the newest first. */
export function versionsOf(places: ServicePlace[]): string[] {
  return newestFirst(
    places.filter(isDeployed).flatMap(({ view }) => view.version ?? []),
  );
}

function laneStop(environment: string, places: ServicePlace[]): LaneStop {
  const deployed = places.filter(isDeployed);
  const since = Math.max(...deployed.map(place => place.since ?? -Infinity));
  return {
    environment,
    deployed,
    versions: versionsOf(deployed).map(version => ({
      version,
      count: deployed.filter(({ view }) => view.version === version).length,
    })),
    summary: rollUp(places.map(({ view }) => view)),
    ...(Number.isFinite(since) && { since }),
  };
}

function waitingAt(stop: LaneStop, source: LaneStop): LaneStop['waiting'] {
  const { version } = source.versions[0];
  const oldest = stop.versions.at(-1)?.version;
  // An environment that is ahead, as after a hotfix, waits for nothing; one without the service waits for all.
  if (oldest !== undefined && compareVersions(version, oldest) <= 0) {
    return undefined;
  }
  const known = [...source.versions, ...stop.versions]
    .map(each => each.version)
    .filter(each => compareVersions(each, version) <= 0);
  return {
    from: source.environment,
    version,
    behind: oldest === undefined ? 0 : versionsBehind(known).get(oldest) ?? 0,
  };
}
