import { CellState, ignoranceOf, severity, timeOf } from './cellView';
import { MatrixRegion } from './columns';
import { DEPLOYMENT_STATES, FRESHNESSES, FleetMatrix, SYNCS } from './matrix';

/** What the head of a region says. */
export interface RegionSummary {
  worst: CellState;
  /** How many deployments are in the worst state. */
  count: number;
  /** How many of the deployments that are known as they are now are synced, in percent; `undefined` where there are none. */
  percentSynced?: number;
  /** When the hub last said anything, where it is not heard. */
  observedAt?: number;
}

const SYNCED = SYNCS.indexOf('Synced');

/** Sums a region up. It reads the arrays directly: a region can have a hundred thousand cells. */
export function summarizeRegion(
  matrix: FleetMatrix,
  rows: number[],
  region: MatrixRegion,
): RegionSummary {
  const hub = matrix.hubs.find(each => each.id === region.hub);
  const counts = new Array<number>(DEPLOYMENT_STATES.length).fill(0);
  const doubts = new Array<number>(FRESHNESSES.length).fill(0);
  let deployed = 0;
  let current = 0;
  let synced = 0;
  for (const row of rows) {
    for (const column of region.clusters) {
      const at = row * matrix.clusters.length + column;
      const state = matrix.state[at];
      if (state >= 0) {
        deployed++;
        if (matrix.freshness[at] > 0) {
          doubts[matrix.freshness[at]]++;
          continue;
        }
        counts[state]++;
        current++;
        synced += matrix.sync[at] === SYNCED ? 1 : 0;
      }
    }
  }
  if (hub?.status !== 'live') {
    return {
      worst: ignoranceOf(hub?.status, deployed > 0),
      count: deployed,
      observedAt: timeOf(hub?.observedAt),
    };
  }
  const byState = new Map<CellState, number>();
  const add = (state: CellState, count: number) =>
    count > 0 && byState.set(state, (byState.get(state) ?? 0) + count);
  counts.forEach((count, at) => add(DEPLOYMENT_STATES[at], count));
  doubts.forEach((count, at) => add(ignoranceOf(FRESHNESSES[at], true), count));
  const [worst] = [...byState].sort(([a], [b]) => severity(a) - severity(b));
  if (!worst) {
    return { worst: 'not-deployed', count: 0 };
  }
  return {
    worst: worst[0],
    count: worst[1],
    // Rounded down: 100 % is said only where all are.
    ...(current > 0 && {
      percentSynced: Math.floor((100 * synced) / current),
    }),
  };
}

/** For how long a change of state counts as recent, in milliseconds. */
export const RECENT = 24 * 60 * 60 * 1000;

/** Whether something that has been so since a time changed recently. */
export function isRecent(
  since: number | undefined,
  now: number = Date.now(),
): boolean {
  return since !== undefined && now - since < RECENT;
}

/** How many of the shown deployments changed recently. */
export function countRecent(
  matrix: FleetMatrix,
  rows: number[],
  columns: number[],
  now: number = Date.now(),
): number {
  const after = (now - RECENT) / 1000;
  let count = 0;
  for (const row of rows) {
    for (const column of columns) {
      const at = row * matrix.clusters.length + column;
      count += matrix.state[at] >= 0 && matrix.since[at] > after ? 1 : 0;
    }
  }
  return count;
}
