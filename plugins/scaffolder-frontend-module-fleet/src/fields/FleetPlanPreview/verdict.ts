import { Plan } from '@backstage-fleet/plugin-fleet-common';

/**
 * Whether a change may be asked for, by its plan: `pending` until there is an answer to the form as it is, `stopped`
 * where a guard that nobody overrides, or the backend, refuses it.
 */
export type PlanVerdict = 'pending' | 'free' | 'stopped';

/**
 * What a plan, or the error in its place, says about the change. An outage stops nothing: the change is planned again
 * before anything is written.
 */
export function verdictOn(
  answer: { plan?: Plan; error?: unknown; current: boolean },
  overridden: ReadonlySet<string> = new Set(),
): PlanVerdict {
  if (!answer.current) return 'pending';
  if (answer.error !== undefined) {
    return isRefusal(answer.error) ? 'stopped' : 'free';
  }
  const stops = answer.plan?.guards.some(
    guard => guard.level === 'stop' && !overridden.has(guard.id),
  );
  return stops ? 'stopped' : 'free';
}

/** Whether the backend answered that what is asked for is wrong, not allowed or in conflict. */
function isRefusal(error: unknown): boolean {
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  return (
    typeof status === 'number' &&
    status >= 400 &&
    status < 500 &&
    ![401, 408, 429].includes(status)
  );
}
