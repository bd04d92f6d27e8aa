/** Runs something later; injected, so that tests can let hours pass at once. */
export interface Timers {
  /** @returns a function that cancels the call */
  after(milliseconds: number, run: () => void): () => void;
}

export const systemTimers: Timers = {
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Resolves after some time. */
export function delay(timers: Timers, milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    timers.after(milliseconds, resolve);
  });
}
