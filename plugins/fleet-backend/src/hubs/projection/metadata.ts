import type {
  KubernetesObject,
  ObjectMeta,
} from '@backstage-fleet/plugin-fleet-common';

/** `kubectl apply` writes the whole object into it, credentials included. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The longest message that is kept; Argo CD's can be as long as the manifests they complain about. */
const LONGEST_MESSAGE = 2_000;

/**
 * Metadata without managedFields, the last applied configuration and versions that change with every write.
 */
export function projectMetadata({
  metadata,
}: Pick<KubernetesObject, 'metadata'>): ObjectMeta {
  const controller = metadata.ownerReferences?.find(owner => owner.controller);
  return defined({
    name: metadata.name,
    namespace: metadata.namespace,
    uid: metadata.uid,
    creationTimestamp: metadata.creationTimestamp,
    deletionTimestamp: metadata.deletionTimestamp,
    labels: metadata.labels,
    annotations: projectAnnotations(metadata.annotations),
    ownerReferences: controller ? [controller] : undefined,
  });
}

/** Annotations without the last applied configuration; `undefined` where none is left. */
export function projectAnnotations(
  annotations: Record<string, string> | undefined,
): Record<string, string> | undefined {
  if (!annotations) return undefined;
  const kept: Record<string, string> = {};
  let some = false;
  for (const [key, value] of Object.entries(annotations)) {
    if (key === LAST_APPLIED) continue;
    kept[key] = value;
    some = true;
  }
  return some ? kept : undefined;
}

/**
 * An object without the members that are `undefined`. It is a new one, because an object that members were deleted from
 * takes several times the memory.
 */
export function defined<T extends object>(object: T): T {
  const kept: Partial<T> = {};
  for (const key of Object.keys(object) as Array<keyof T>) {
    if (object[key] !== undefined) kept[key] = object[key];
  }
  return kept as T;
}

/** Some members of an object, those that it has. */
export function pick(
  object: any,
  keys: readonly string[],
): Record<string, any> | undefined {
  if (typeof object !== 'object' || object === null) return undefined;
  const picked: Record<string, any> = {};
  for (const key of keys) {
    if (object[key] !== undefined) picked[key] = object[key];
  }
  return picked;
}

/** A message cut to what a page can show. */
export function shortMessage(message: unknown): string | undefined {
  if (typeof message !== 'string' || message === '') return undefined;
  return message.length > LONGEST_MESSAGE
    ? `${message.slice(0, LONGEST_MESSAGE)}…`
    : message;
}
