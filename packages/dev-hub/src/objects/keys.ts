import type { ObjectKey, Resource } from './types';

/** Where the object is stored: `namespace/name`, or `name` alone for cluster-scoped resources. Lists follow this order. */
export function storageKey(
  resource: Pick<Resource, 'namespaced'>,
  key: ObjectKey,
): string {
  return resource.namespaced ? `${key.namespace ?? ''}/${key.name}` : key.name;
}

/** Position of the first key that is not less than `key` in sorted keys. */
export function lowerBound(sorted: string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (sorted[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
