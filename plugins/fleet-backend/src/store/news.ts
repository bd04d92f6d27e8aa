/**
 * Members that change whenever a controller looks again, and say nothing else: the time of Argo CD's last comparison, of
 * its last attempt to connect to a cluster, and of a claim's write.
 */
const VOLATILE = new Set(['reconciledAt', 'attemptedAt', 'generation']);
/** Annotations that ask a controller to look again, and are gone when it did. */
const REFRESH =
  /^argocd\.argoproj\.io\/(refresh|hydrate|application-set-refresh)$/;

/**
 * Whether two states of an object look the same to people. About half of the writes that controllers make change nothing
 * that anybody looks at.
 */
export function sameNews(before: object | undefined, after: object): boolean {
  return before !== undefined && same(before, after);
}

function same(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (!isObject(before) || !isObject(after)) return false;
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  for (const key of Object.keys(before)) {
    if (counts(key) && !same(before[key], after[key])) return false;
  }
  for (const key of Object.keys(after)) {
    if (counts(key) && !(key in before)) return false;
  }
  return true;
}

function counts(key: string): boolean {
  return !VOLATILE.has(key) && !REFRESH.test(key);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
