import { ConflictError } from '@backstage/errors';
import type { NewTimelineEntry } from './journal';
import { nextStage } from './stages';
import type { ChangePatch, ChangeRecord } from './types';

/** What a person can do with a change in flight. */
export type ChangeAction = 'pause' | 'resume' | 'stop';

/**
 * What an action makes of a change.
 *
 * @throws `ConflictError` that says why the change cannot be paused, resumed or stopped now
 */
export function actOn(
  record: ChangeRecord,
  action: ChangeAction,
  by?: string,
): { patch: ChangePatch; entry: NewTimelineEntry } {
  const { state } = record;
  const who = by ? ` by ${by}` : '';
  if (record.step === 'done') {
    throw new ConflictError(
      `Change ${record.id} has ended (${state}): there is nothing to ${action}.`,
    );
  }
  if (action === 'stop') {
    if (record.step === 'write') {
      throw new ConflictError(
        `Change ${record.id} is being written just now: stop it in a moment.`,
      );
    }
    const open =
      record.pullRequest?.state === 'open'
        ? ` Pull request #${record.pullRequest.number} stays open: close it if it shall not be merged.`
        : '';
    return {
      patch: { state: 'stopped', step: 'done' },
      entry: { state: 'stopped', message: `Stopped${who}.${open}` },
    };
  }
  const next = nextStage(record);
  if (!next) {
    throw new ConflictError(
      `Change ${record.id} has no stage after this one: there is nothing to hold back.`,
    );
  }
  const paused = action === 'pause';
  if (Boolean(record.paused) === paused) {
    throw new ConflictError(
      `Change ${record.id} is ${paused ? 'paused already' : 'not paused'}.`,
    );
  }
  return {
    patch: { paused },
    entry: {
      state,
      message: paused
        ? `Paused${who} before ${next.title}`
        : `Resumed${who}: ${next.title} may follow`,
    },
  };
}
