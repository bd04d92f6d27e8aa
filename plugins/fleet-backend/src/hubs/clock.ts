/**
 * Time as the reflector sees it, so that tests can turn it by hand.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once after some milliseconds; the answer cancels it. */
  setTimeout(callback: () => void, milliseconds: number): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, milliseconds) => {
    const timer = setTimeout(callback, milliseconds);
    // A waiting reflector never keeps the process alive.
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** An instant of a clock as ISO 8601. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** Waits; ends early, without an error, when one of the signals aborts. */
export function sleep(
  clock: Clock,
  milliseconds: number,
  ...signals: AbortSignal[]
): Promise<void> {
  return new Promise(resolve => {
    if (signals.some(signal => signal.aborted)) {
      resolve();
      return;
    }
    let cancel = () => {};
    const end = () => {
      cancel();
      for (const signal of signals) signal.removeEventListener('abort', end);
      resolve();
    };
    cancel = clock.setTimeout(end, milliseconds);
    for (const signal of signals) signal.addEventListener('abort', end);
  });
}
