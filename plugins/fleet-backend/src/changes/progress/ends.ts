import type { ChangeState } from '@backstage-fleet/plugin-fleet-common';
import { currentStage, intoNextStage, nextStage, withStage } from '../stages';
import type { ChangeRecord } from '../types';
import type { Progress } from './types';

/** A change is given up after this time without reaching its end. */
export const FOLLOWED_FOR_MS = 2 * 60 * 60_000;

/** A new state of the stage under way. */
export function to(
  change: ChangeRecord,
  state: ChangeState,
  message: string,
): Progress {
  return {
    from: change.state,
    patch: withStage(change, { state }),
    entry: { state, message },
  };
}

/** The end of a change that did not come to what it was asked for. */
export function failed(change: ChangeRecord, message: string): Progress {
  const progress = to(change, 'failed', message);
  return {
    ...progress,
    patch: { ...progress.patch, step: 'done', error: message },
  };
}

/** The end of the stage under way: the next stage, unless it is held back; or the end of the change. */
export function ended(
  change: ChangeRecord,
  state: ChangeState,
  what: string,
  message?: string,
): Progress | undefined {
  const stage = currentStage(change);
  const next = nextStage(change);
  if (!stage || !next) {
    const progress = to(
      change,
      state,
      message ?? `${stage?.title ?? 'The change'} ${what}`,
    );
    return { ...progress, patch: { ...progress.patch, step: 'done' } };
  }
  if (change.paused) return undefined;
  return {
    from: change.state,
    patch: intoNextStage({
      ...change,
      stages: withStage(change, { state }).stages,
    }),
    entry: { state, message: `${stage.title} ${what}. Next: ${next.title}` },
  };
}

/** Gives a change up that took too long. */
export function overdue(
  change: ChangeRecord,
  now: Date,
  what: string,
  after = FOLLOWED_FOR_MS,
): Progress | undefined {
  return now.getTime() - change.updatedAt.getTime() > after
    ? failed(change, `After ${after / 60_000} minutes still ${what}`)
    : undefined;
}

/** When the stage under way came to its branch. */
export function mergedAt(change: ChangeRecord): Date {
  const commit = currentStage(change)?.commit ?? change.commit;
  return new Date(commit?.date ?? change.updatedAt);
}

/** The first few of many, for people. */
export function someOf(items: readonly string[], most = 5): string {
  const more = items.length - most;
  return `${items.slice(0, most).join(', ')}${
    more > 0 ? ` and ${more} more` : ''
  }`;
}
