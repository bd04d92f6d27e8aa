import { admitObject } from './admission';
import { canonicalObject } from './canonical';
import { timestamp, type Clock } from './clock';
import { managersAfterUpdate } from './fields';
import { metadataForUpdate, raisesGeneration } from './metadataRules';
import {
  badRequest,
  conflict,
  internalError,
  invalid,
  notFound,
  preconditionFailed,
} from './status';
import type {
  ApplyOptions,
  KubernetesObject,
  RemoveOptions,
  Resource,
  UpdateOptions,
} from './types';

/** Field manager of what the hub's own controllers write. */
const CONTROLLERS = 'embedded-hub-controllers';

/** Foreground and Orphan deletion wait for a finalizer each, which the garbage collector takes away. */
export function finalizersForRemoval(
  object: KubernetesObject,
  policy: RemoveOptions['propagationPolicy'],
): string[] {
  const finalizers = [...(object.metadata.finalizers ?? [])];
  if (object.metadata.deletionTimestamp) return finalizers;
  if (policy === 'Foreground') finalizers.push('foregroundDeletion');
  if (policy === 'Orphan') finalizers.push('orphan');
  return [...new Set(finalizers)];
}

/** Raises 400 or 409 when an update is meant for another object or another version. */
function checkSameObject(
  resource: Resource<any>,
  object: KubernetesObject,
  old: KubernetesObject,
): void {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  if (name && name !== old.metadata.name) {
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${old.metadata.name})`,
    );
  }
  if (namespace && namespace !== old.metadata.namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if (uid && uid !== old.metadata.uid) {
    throw conflict(
      resource,
      old.metadata.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`,
    );
  }
  if (
    resourceVersion &&
    resourceVersion !== '0' &&
    resourceVersion !== old.metadata.resourceVersion
  ) {
    throw conflict(resource, old.metadata.name);
  }
}

/** Raises 409 when the object is not the one that a deletion is meant for. */
export function checkPreconditions(
  resource: Resource<any>,
  old: KubernetesObject,
  { uid, resourceVersion }: { uid?: string; resourceVersion?: string },
): void {
  const { name, ...actual } = old.metadata;
  if (uid !== undefined && uid !== actual.uid) {
    throw preconditionFailed(
      resource,
      name,
      `the UID in the precondition (${uid}) does not match the UID in record (${actual.uid}). The object might have been deleted and then recreated`,
    );
  }
  if (
    resourceVersion !== undefined &&
    resourceVersion !== actual.resourceVersion
  ) {
    throw preconditionFailed(
      resource,
      name,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${actual.resourceVersion}). The object might have been modified`,
    );
  }
}

/** Raises what an update without a usable resourceVersion gets: custom resources must name the one they change. */
export function checkUpdateVersion(
  resource: Resource<any>,
  object: KubernetesObject,
): void {
  const { name, resourceVersion } = object.metadata;
  if (resourceVersion && !/^\d+$/.test(resourceVersion)) {
    throw internalError(
      `strconv.ParseUint: parsing ${JSON.stringify(
        resourceVersion,
      )}: invalid syntax`,
    );
  }
  const unconditional = !resourceVersion || resourceVersion === '0';
  if (unconditional && resource.custom) {
    throw invalid({ group: resource.group, kind: resource.plural }, name, [
      {
        reason: 'FieldValueInvalid',
        message: 'Invalid value: 0: must be specified for an update',
        field: 'metadata.resourceVersion',
      },
    ]);
  }
}

/** An object as it is while finalizers hold it. */
export function markedForRemoval<T extends KubernetesObject>(
  resource: Resource<T>,
  old: T,
  finalizers: string[],
  clock: Clock,
): T {
  return {
    ...old,
    metadata: {
      ...old.metadata,
      finalizers,
      deletionTimestamp: timestamp(clock),
      deletionGracePeriodSeconds: 0,
      ...(resource.custom
        ? { generation: (old.metadata.generation ?? 0) + 1 }
        : {}),
    },
  };
}

export function apiVersionOf({
  group,
  version,
}: Pick<Resource, 'group' | 'version'>): string {
  return group ? `${group}/${version}` : version;
}

/** The part of an applied object that its path writes; raises what it is refused for. */
export function checkApplied<T extends KubernetesObject>(
  resource: Resource<T>,
  object: T,
  live: T | undefined,
  options: ApplyOptions,
): T {
  const { name, resourceVersion } = object.metadata;
  if (!live && options.status) throw notFound(resource, name);
  if (
    live &&
    resourceVersion &&
    resourceVersion !== live.metadata.resourceVersion
  ) {
    throw conflict(resource, name);
  }
  if (!resource.statusSubresource) return object;
  const { status, ...rest } = object;
  return (options.status
    ? {
        apiVersion: object.apiVersion,
        kind: object.kind,
        metadata: { name, namespace: object.metadata.namespace },
        status,
      }
    : rest) as unknown as T;
}

/** What becomes of an object when another is written in its place; equal to `old` when nothing changes. */
export function replacement<T extends KubernetesObject>(
  resource: Resource<T>,
  object: T,
  old: T,
  options: UpdateOptions,
  clock: Clock,
): T {
  checkSameObject(resource, object, old);
  const body =
    options.status === true
      ? { ...old, status: object.status }
      : {
          ...object,
          ...(resource.statusSubresource ? { status: old.status } : {}),
          metadata: metadataForUpdate(object, old),
        };
  const written = admitObject(resource, body, old, options) as T;
  const managedFields =
    options.managedFields ??
    managersAfterUpdate(
      old,
      written,
      {
        fieldManager: options.fieldManager ?? CONTROLLERS,
        apiVersion: apiVersionOf(resource),
        ...(options.status ? { subresource: 'status' } : {}),
      },
      clock,
    );
  const admitted = canonicalObject(resource, {
    ...written,
    metadata: { ...written.metadata, managedFields },
  } as T);
  if (!raisesGeneration(resource, admitted, old)) return admitted;
  const generation = (old.metadata.generation ?? 0) + 1;
  return canonicalObject(resource, {
    ...admitted,
    metadata: { ...admitted.metadata, generation },
  });
}
