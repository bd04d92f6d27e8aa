const UNITS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** A Go duration (`5s`, `3m`, `1h30m`) or a plain number of seconds, in milliseconds; `undefined` where it is none. */
export function parseDuration(text: unknown): number | undefined {
  if (/^\d+$/.test(String(text))) return Number(text) * 1000;
  const parts = [...String(text).matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    return undefined;
  }
  return parts.reduce(
    (sum, [, number, unit]) => sum + Number(number) * UNITS[unit],
    0,
  );
}

/**
 * Milliseconds until a failed operation is tried again; `undefined` when it has been tried often enough.
 *
 * Source: Argo CD `pkg/apis/application/v1alpha1/types.go` `RetryStrategy.NextRetryAt`.
 */
export function retryDelay(retry: any, retryCount: number): number | undefined {
  const limit = retry?.limit ?? 0;
  if (limit >= 0 && retryCount >= limit) return undefined;
  const { duration, factor, maxDuration } = retry.backoff ?? {};
  const first = parseDuration(duration) ?? 5000;
  const longest = parseDuration(maxDuration) ?? 180_000;
  return Math.min(longest, first * (factor ?? 2) ** retryCount);
}
