import { backoff } from './backoff';
import { Clock, sleep } from './clock';
import type { ConnectionTracker } from './connectionTracker';
import type { HubProblem } from './problems';

export interface RetryOptions {
  tracker: ConnectionTracker;
  clock: Clock;
  /** A number in [0, 1). */
  random: () => number;
  describe: (error: unknown) => HubProblem;
}

/**
 * Does something again and again until the signal aborts: at once after it ended well, and after 1 to 30 s, growing and
 * with chance, after it failed.
 *
 * @param attempt - calls `heard` when the hub says something, which ends a row of failures
 */
export async function retryForEver(
  options: RetryOptions,
  signal: AbortSignal,
  attempt: (heard: () => void) => Promise<void>,
): Promise<void> {
  const { tracker, clock, random, describe } = options;
  let failures = 0;
  const heard = () => {
    failures = 0;
  };
  while (!signal.aborted) {
    try {
      await attempt(heard);
      heard();
    } catch (error) {
      if (signal.aborted) return;
      failures++;
      const problem = describe(error);
      const wait = Math.max(
        backoff(failures, random()),
        Math.min(problem.retryAfter ?? 0, 30) * 1000,
      );
      await sleep(clock, wait, signal, tracker.failed(problem, failures));
    }
  }
}
