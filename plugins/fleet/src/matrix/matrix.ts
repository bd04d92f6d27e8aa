import {
  Cluster,
  DeploymentState,
  Health,
  HubFreshness,
  HubStatus,
  Service,
  Sync,
} from '@backstage-fleet/plugin-fleet-common';

/** Deployment states, the worst first, as the API orders them. */
export const DEPLOYMENT_STATES: DeploymentState[] = [
  'degraded',
  'missing',
  'unknown',
  'suspended',
  'progressing',
  'out-of-sync',
  'healthy',
];

/** Health of an Application, in the API's order. */
export const HEALTHS: Health[] = [
  'Healthy',
  'Progressing',
  'Degraded',
  'Suspended',
  'Missing',
  'Unknown',
];

/** Sync status of an Application, in the API's order. */
export const SYNCS: Sync[] = ['Synced', 'OutOfSync', 'Unknown'];

/** How far a cell can be trusted, as far as its hub is heard. The first is the usual one. */
export const FRESHNESSES: HubStatus[] = [
  'live',
  'connecting',
  'stale',
  'unreachable',
  'unauthorized',
];

/**
 * Services by clusters as the page holds them: axes, and one entry per pair in dense typed arrays, so that a thousand
 * services on hundreds of clusters cost a few megabytes and a delta is a copy and some writes. The entry of service
 * `row` on cluster `column` is at `row * clusters.length + column`.
 */
export interface FleetMatrix {
  revision: number;
  hubs: HubFreshness[];
  services: Service[];
  clusters: Cluster[];
  versions: string[];
  /** Index into {@link DEPLOYMENT_STATES}, -1 where the service is not deployed. */
  state: Int8Array;
  /** Index into {@link HEALTHS}. */
  health: Int8Array;
  /** Index into {@link SYNCS}. */
  sync: Int8Array;
  /** Index into `versions`, -1 where unknown. */
  running: Int32Array;
  /** Index into `versions`, -1 where unknown. */
  desired: Int32Array;
  /** Seconds since 1970, 0 where unknown. */
  since: Float64Array;
  /** Index into {@link FRESHNESSES}. */
  freshness: Int8Array;
}

/** One deployed pair. */
export interface MatrixCell {
  state: DeploymentState;
  health: Health;
  sync: Sync;
  running?: string;
  desired?: string;
  /** Milliseconds since 1970. */
  since?: number;
  /** Whether it is how it is now, where the hub is heard: a cluster that went away leaves its Applications as they were. */
  freshness?: HubStatus;
  /** Until when it is known to have been so, in milliseconds since 1970. */
  observedAt?: number;
}

/** The cell of a service on a cluster, `undefined` where it is not deployed. */
export function cellAt(
  matrix: FleetMatrix,
  row: number,
  column: number,
): MatrixCell | undefined {
  const at = row * matrix.clusters.length + column;
  const state = matrix.state[at];
  if (state === undefined || state < 0) {
    return undefined;
  }
  return {
    state: DEPLOYMENT_STATES[state],
    health: HEALTHS[matrix.health[at]] ?? 'Unknown',
    sync: SYNCS[matrix.sync[at]] ?? 'Unknown',
    running: matrix.versions[matrix.running[at]],
    desired: matrix.versions[matrix.desired[at]],
    since: matrix.since[at] ? matrix.since[at] * 1000 : undefined,
    freshness: FRESHNESSES[matrix.freshness[at]],
  };
}
