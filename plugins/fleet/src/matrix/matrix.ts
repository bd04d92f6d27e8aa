import {
  Cluster,
  DeploymentState,
  Health,
  HubFreshness,
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
  };
}
