import type { Timers } from './timers';

const INTERVAL_MS = 60_000;
/** The last bookmarks come so long before the timeout of a watch, so that a client resumes from a recent version. */
const BEFORE_TIMEOUT_MS = 2000;
/** The server looks for due bookmarks about so often. */
const TICK_MS = 1200;
const EARLIEST_MS = 1600;
const LATEST_BEFORE_TIMEOUT_MS = 500;

/**
 * The times in milliseconds after its start at which a watch gets a bookmark because its timeout is near.
 *
 * Source: Kubernetes `apiserver/pkg/storage/cacher/cache_watcher.go` nextBookmarkTime; the exact offsets are measured.
 */
export function bookmarksBeforeTimeout(timeoutMs: number): number[] {
  const first = Math.max(EARLIEST_MS, timeoutMs - BEFORE_TIMEOUT_MS);
  return [first, first + TICK_MS].filter(
    time => time <= timeoutMs - LATEST_BEFORE_TIMEOUT_MS,
  );
}

/**
 * Calls `send` about once a minute, and in the last two seconds before the timeout.
 *
 * @returns a function that ends this
 */
export function scheduleBookmarks(
  timers: Timers,
  timeoutSeconds: number | undefined,
  send: () => void,
): () => void {
  const cancels = new Set<() => void>();
  const at = (milliseconds: number, run: () => void) => {
    const cancel = timers.after(milliseconds, () => {
      cancels.delete(cancel);
      run();
    });
    cancels.add(cancel);
  };
  const timeoutMs =
    timeoutSeconds === undefined ? Infinity : timeoutSeconds * 1000;
  const everyMinute = (elapsed: number) => {
    if (elapsed + INTERVAL_MS >= timeoutMs - BEFORE_TIMEOUT_MS) return;
    at(INTERVAL_MS, () => {
      send();
      everyMinute(elapsed + INTERVAL_MS);
    });
  };
  everyMinute(0);
  if (timeoutMs !== Infinity) {
    for (const time of bookmarksBeforeTimeout(timeoutMs)) at(time, send);
  }
  return () => {
    for (const cancel of cancels) cancel();
    cancels.clear();
  };
}
