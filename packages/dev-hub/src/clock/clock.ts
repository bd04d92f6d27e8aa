/** Time as the hub's controllers see it. */
export interface Clock {
  now(): Date;
  /** Calls back once, `milliseconds` from now. Returns what cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The machine's own time. Its timers never keep the process alive by themselves. */
export const systemClock: Clock = {
  now: () => new Date(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
