import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';

export function isRecord(value: unknown): value is Record<string, any> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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

/** Whether every field of one value is there in another, whatever its value. */
export function hasAllFields(value: unknown, fields: unknown): boolean {
  if (!isRecord(fields) || !isRecord(value)) return true;
  return Object.entries(fields).every(
    ([key, field]) => key in value && hasAllFields(value[key], field),
  );
}

/** Only labels and annotations of the metadata belong to the one who applies. */
export function withoutStatus<T extends KubernetesObject | undefined>(
  object: T,
): any {
  if (!object) return undefined;
  const { status: _status, metadata, ...rest } = object;
  const { labels = {}, annotations = {} } = metadata;
  return { ...rest, metadata: { labels, annotations } };
}
