/**
 * Whether everything that is desired is live too. What a cluster adds (defaults, status, other people's annotations) is
 * no difference, as in Argo CD's three-way diff of an object that was applied as desired.
 */
export function isSubset(desired: unknown, live: unknown): boolean {
  if (desired === live) return true;
  if (desired === null || desired === undefined) {
    return live === null || live === undefined;
  }
  if (Array.isArray(desired)) {
    return (
      Array.isArray(live) &&
      desired.length === live.length &&
      desired.every((item, index) => isSubset(item, live[index]))
    );
  }
  if (typeof desired === 'object') {
    return (
      typeof live === 'object' &&
      live !== null &&
      Object.entries(desired).every(([key, value]) =>
        isSubset(value, (live as Record<string, unknown>)[key]),
      )
    );
  }
  return false;
}
