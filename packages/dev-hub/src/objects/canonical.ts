import type { Resource, KubernetesObject } from './types';

const canonicalNodes = new WeakSet<object>();

/**
 * A frozen copy of a JSON value with sorted keys, as Go prints maps. Parts that already are canonical are shared with
 * the result, so that a small change of a big object copies little.
 */
export function canonical<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value;
  if (canonicalNodes.has(value)) return value;
  let copy: any;
  if (Array.isArray(value)) {
    copy = value.map(canonical);
  } else {
    copy = {};
    for (const key of Object.keys(value).sort()) {
      const child = (value as any)[key];
      if (child !== undefined) copy[key] = canonical(child);
    }
  }
  canonicalNodes.add(Object.freeze(copy));
  return copy;
}

const METADATA_ORDER = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
];

const OBJECT_ORDER = [
  'kind',
  'apiVersion',
  'metadata',
  'immutable',
  'data',
  'stringData',
  'type',
  'spec',
  'status',
];

function ordered(value: any, order: string[]): any {
  const copy: any = {};
  for (const key of order) {
    if (value[key] !== undefined) copy[key] = value[key];
  }
  for (const key of Object.keys(value)) {
    if (!(key in copy) && value[key] !== undefined) copy[key] = value[key];
  }
  canonicalNodes.add(Object.freeze(copy));
  return copy;
}

/** Metadata in the order of Go's `ObjectMeta`. */
export function orderedMetadata(
  metadata: KubernetesObject['metadata'],
): KubernetesObject['metadata'] {
  return ordered(metadata, METADATA_ORDER);
}

/**
 * The object as it is stored and sent: frozen, keys sorted for custom resources, keys in the order of the Go types for
 * built-in ones.
 */
export function canonicalObject<T extends KubernetesObject>(
  resource: Pick<Resource, 'custom'>,
  object: T,
): T {
  const sorted = canonical(object);
  if (resource.custom) return sorted;
  return ordered(
    { ...sorted, metadata: orderedMetadata(canonical(sorted.metadata)) },
    OBJECT_ORDER,
  );
}
