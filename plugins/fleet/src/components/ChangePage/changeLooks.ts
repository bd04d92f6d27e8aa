import { Change, ChangeState } from '@backstage-fleet/plugin-fleet-common';
import { CellState } from '../../matrix/cellView';

/** How each state of a change looks. */
export const CHANGE_LOOKS: Record<ChangeState, CellState> = {
  unchanged: 'not-deployed',
  planned: 'not-deployed',
  proposed: 'progressing',
  merged: 'progressing',
  synced: 'progressing',
  provisioning: 'progressing',
  registered: 'progressing',
  healthy: 'healthy',
  failed: 'degraded',
  stopped: 'suspended',
  superseded: 'suspended',
};

/** The word for the state of a change: what is under way on a cluster depends on what was asked for. */
export function stateWord(change: Change): ChangeState | 'upgrading' {
  return change.state === 'provisioning' &&
    change.intent.kind === 'cluster.upgrade'
    ? 'upgrading'
    : change.state;
}

/** All states a change in the list can have, in the order of its life. */
export const CHANGE_STATES = Object.keys(CHANGE_LOOKS) as ChangeState[];

/** Whether nothing follows: as the backend says, or by states that are always the last. */
export function hasEnded(change: Change): boolean {
  if (change.ended !== undefined) return change.ended;
  return ['unchanged', 'healthy', 'failed', 'stopped', 'superseded'].includes(
    change.state,
  );
}

/** The service that a change is about, where it is about one. */
export function serviceOfChange(change: Change): string | undefined {
  return textOf(change.intent.parameters.service);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
