import {
  DeploymentState,
  HubFreshness,
  HubStatus,
} from '@backstage-fleet/plugin-fleet-common';
import { MatrixCell } from './matrix';

/**
 * Every state a cell can show. The deployment's own states, what freshness makes of them, and the kinds of absence.
 */
export type CellState =
  | DeploymentState
  | 'stale'
  | 'unreachable'
  | 'not-deployed'
  | 'not-evaluable'
  | 'no-access';

/** All states in the order of the legend. */
export const CELL_STATES: CellState[] = [
  'healthy',
  'progressing',
  'degraded',
  'out-of-sync',
  'missing',
  'suspended',
  'unknown',
  'stale',
  'unreachable',
  'not-deployed',
  'not-evaluable',
  'no-access',
];

/** The worst first: what a roll-up shows. Ignorance outranks every state that might be out of date. */
const SEVERITY: CellState[] = [
  'degraded',
  'unreachable',
  'no-access',
  'stale',
  'missing',
  'unknown',
  'not-evaluable',
  'suspended',
  'progressing',
  'out-of-sync',
  'healthy',
  'not-deployed',
];

/** Position in the order of severity, 0 is the worst. */
export function severity(state: CellState): number {
  return SEVERITY.indexOf(state);
}

/** What a cell says, given the deployment and how far its hub, and the hub's own view of the cluster, can be trusted. */
export interface CellView {
  /** The state to show now. */
  state: CellState;
  /** What was last said of the deployment; only where `state` comes from freshness. */
  lastKnown?: DeploymentState;
  /** Whether the cell is hatched: what it shows may be out of date. */
  hatched: boolean;
  /** Until when it is known to have been so, where the cell is hatched and that is known. */
  observedAt?: number;
  /** The version that runs, else the one that shall run. */
  version?: string;
  since?: number;
}

/**
 * Never shows a state as current that the hub did not confirm: a silent hub makes its cells stale, one that does not
 * answer unreachable, one that refuses our rights no access, and before the first list they are unknown. The same where
 * the hub is heard but does not reach the cluster.
 */
export function cellView(
  cell: MatrixCell | undefined,
  hub: HubFreshness | undefined,
): CellView {
  const version = cell?.running ?? cell?.desired;
  if (hub?.status === 'live') {
    if (cell?.freshness !== undefined && cell.freshness !== 'live') {
      return {
        state: ignoranceOf(cell.freshness, true),
        lastKnown: cell.state,
        hatched: true,
        observedAt: cell.observedAt,
        version,
        since: cell.since,
      };
    }
    return {
      state: cell?.state ?? 'not-deployed',
      hatched: false,
      version,
      since: cell?.since,
    };
  }
  const observedAt = timeOf(hub?.observedAt);
  return {
    state: ignoranceOf(hub?.status, cell !== undefined),
    lastKnown: cell?.state,
    hatched: true,
    observedAt,
    version,
    since: cell?.since,
  };
}

/**
 * The state that freshness gives a cell.
 *
 * @param known - whether something was ever heard of the deployment
 */
export function ignoranceOf(
  freshness: HubStatus | undefined,
  known: boolean,
): CellState {
  switch (freshness) {
    case 'unreachable':
      return 'unreachable';
    case 'unauthorized':
      return 'no-access';
    case 'stale':
      return 'stale';
    default:
      return known ? 'stale' : 'unknown';
  }
}

/**
 * Milliseconds since 1970 of a time in an API answer: the generated types say `Date`, JSON carries text.
 *
 * @returns `undefined` where there is none or it cannot be read
 */
export function timeOf(value: Date | string | undefined): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  const time = new Date(value).getTime();
  return Number.isNaN(time) ? undefined : time;
}

/** Whether the service is not on the cluster, as far as anybody knows. */
export function isAbsent(view: CellView): boolean {
  return (
    view.state === 'not-deployed' ||
    (view.hatched &&
      view.lastKnown === undefined &&
      view.observedAt !== undefined)
  );
}
