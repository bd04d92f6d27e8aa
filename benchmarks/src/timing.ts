/** Milliseconds that an action takes, with what it returns. */
export function timed<T>(action: () => T): { ms: number; result: T } {
  const start = performance.now();
  const result = action();
  return { ms: performance.now() - start, result };
}

/** The value that `share` of all values (0 to 1) do not exceed: 0.5 is the median. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const index = Math.max(0, Math.ceil(share * sorted.length) - 1);
  return sorted[index];
}

/** Takes what earlier measures left in memory away, where Node runs with `--expose-gc`. */
export function collectGarbage(): void {
  globalThis.gc?.();
}
