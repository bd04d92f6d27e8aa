import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Change, ChangeState } from '@backstage-fleet/plugin-fleet-common';

/** How far a change has come, in order; what ended otherwise is not among them. */
const ORDER: ChangeState[] = [
  'planned',
  'proposed',
  'merged',
  'provisioning',
  'registered',
  'synced',
  'healthy',
];
const ENDED_OTHERWISE: ChangeState[] = ['failed', 'stopped'];
/** Git says it already, by this change or by another. */
const NOTHING_TO_DO: ChangeState[] = ['unchanged', 'superseded'];

/** A state that one can wait for. */
export const WAITABLE = ['merged', 'registered', 'synced', 'healthy'] as const;
/** @see WAITABLE */
export type WaitableState = (typeof WAITABLE)[number];

export interface WaitOptions {
  id: string;
  until: WaitableState;
  timeoutSeconds: number;
  get(id: string): Promise<Change>;
  logger: Pick<LoggerService, 'info'>;
  signal?: AbortSignal;
  /** Waits a moment, or less when aborted. */
  pause(signal?: AbortSignal): Promise<void>;
  now(): number;
}

/**
 * Waits until a change has come to a state, and logs each step of its timeline once.
 *
 * @throws an Error that says how the change ended, or how far it was when the time was over or the task was cancelled
 */
export async function waitForChange(options: WaitOptions): Promise<Change> {
  const { id, until, get, logger, signal, pause, now } = options;
  const deadline = now() + options.timeoutSeconds * 1000;
  let logged = 0;
  for (;;) {
    const change = await get(id);
    for (const entry of change.timeline.slice(logged)) {
      logger.info(stepLine(change, entry));
    }
    logged = change.timeline.length;

    if (isAt(change, until)) return change;
    if (ENDED_OTHERWISE.includes(change.state)) {
      throw new Error(
        `Change ${id} ${
          change.state === 'failed' ? 'failed' : 'was stopped'
        }: ${change.error ?? change.timeline.at(-1)?.message ?? change.title}`,
      );
    }
    if (signal?.aborted) {
      throw new Error(
        `Cancelled while change ${id} was ${change.state}. The change itself goes on.`,
      );
    }
    if (now() >= deadline) {
      throw new Error(
        `After ${options.timeoutSeconds} seconds change ${id} is ${change.state}, not ${until}. The change itself goes on.`,
      );
    }
    await pause(signal);
  }
}

/** A step of the timeline, with its stage and the stage's clusters where the change has several. */
function stepLine(
  { stages = [] }: Change,
  { message, url, stage: index }: Change['timeline'][number],
): string {
  const stage = index === undefined ? undefined : stages[index];
  const where = stage?.clusters.length ? ` (${stage.clusters.join(', ')})` : '';
  return [
    ...(stage ? [`${stage.title}${where}`] : []),
    message,
    ...(url ? [url] : []),
  ].join(': ');
}

function isAt(change: Change, until: WaitableState): boolean {
  if (NOTHING_TO_DO.includes(change.state)) return true;
  const stages = change.stages ?? [];
  // Of several stages the last counts.
  if (stages.length > 0 && change.stage !== stages.length - 1) return false;
  return ORDER.indexOf(change.state) >= ORDER.indexOf(until);
}
