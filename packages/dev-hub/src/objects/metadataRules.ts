import { isDeepStrictEqual } from 'node:util';
import {
  dnsLabelProblems,
  labelKeyProblems,
  labelValueProblems,
  subdomainProblems,
} from './names';
import type { KubernetesObject, Resource, StatusCause } from './types';

const MAX_ANNOTATION_BYTES = 256 * 1024;

function invalidValue(
  field: string,
  value: string,
  problem: string,
): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${JSON.stringify(value)}: ${problem}`,
    field,
  };
}

/** Reasons to refuse the metadata of an object. Source: Kubernetes `apimachinery/pkg/api/validation/objectmeta.go`. */
export function metadataCauses(
  resource: Pick<Resource, 'kind' | 'group'>,
  object: KubernetesObject,
  old?: KubernetesObject,
): StatusCause[] {
  const causes: StatusCause[] = [];
  const { metadata } = object;
  const { name } = metadata;
  if (!name) {
    causes.push({
      reason: 'FieldValueRequired',
      message: 'Required value: name or generateName is required',
      field: 'metadata.name',
    });
  } else {
    const isNamespace = resource.kind === 'Namespace' && resource.group === '';
    const problems = isNamespace
      ? dnsLabelProblems(name)
      : subdomainProblems(name);
    for (const problem of problems) {
      causes.push(invalidValue('metadata.name', name, problem));
    }
  }
  for (const [key, value] of Object.entries(metadata.labels ?? {})) {
    for (const problem of labelKeyProblems(key)) {
      causes.push(invalidValue('metadata.labels', key, problem));
    }
    for (const problem of labelValueProblems(value)) {
      causes.push(invalidValue('metadata.labels', value, problem));
    }
  }
  let annotationBytes = 0;
  for (const [key, value] of Object.entries(metadata.annotations ?? {})) {
    annotationBytes += Buffer.byteLength(key) + Buffer.byteLength(value);
    for (const problem of labelKeyProblems(key.toLocaleLowerCase('en-US'))) {
      causes.push(invalidValue('metadata.annotations', key, problem));
    }
  }
  if (annotationBytes > MAX_ANNOTATION_BYTES) {
    causes.push({
      reason: 'FieldValueTooLong',
      message: `Too long: may not be more than ${MAX_ANNOTATION_BYTES} bytes`,
      field: 'metadata.annotations',
    });
  }
  if (old?.metadata.deletionTimestamp) {
    const added = (metadata.finalizers ?? []).filter(
      finalizer => !old.metadata.finalizers?.includes(finalizer),
    );
    if (added.length > 0) {
      causes.push({
        reason: 'FieldValueForbidden',
        message: `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${added
          .map(finalizer => JSON.stringify(finalizer))
          .join(', ')}}`,
        field: 'metadata.finalizers',
      });
    }
  }
  return causes;
}

/** Drops empty maps and lists, which Go leaves out of what it prints. */
function withoutEmpty<T extends object>(record: T): T {
  return Object.fromEntries(
    Object.entries(record).filter(
      ([, value]) =>
        value !== undefined &&
        value !== null &&
        value !== '' &&
        !(typeof value === 'object' && Object.keys(value).length === 0),
    ),
  ) as T;
}

/** Metadata of a new object: what the server decides replaces what the client sent. */
export function metadataForCreate(
  resource: Pick<Resource, 'custom' | 'namespaced'>,
  object: KubernetesObject,
  decided: {
    name: string;
    uid: string;
    creationTimestamp: string;
    managedFields?: object[];
  },
): KubernetesObject['metadata'] {
  const {
    resourceVersion: _version,
    deletionTimestamp: _deletion,
    generation: _generation,
    deletionGracePeriodSeconds: _grace,
    managedFields: _fields,
    selfLink: _link,
    namespace,
    ...rest
  } = object.metadata as Record<string, any>;
  return withoutEmpty({
    ...rest,
    ...decided,
    namespace: resource.namespaced ? namespace : undefined,
    generation: resource.custom ? 1 : undefined,
  });
}

/** Metadata of a changed object: what only the server may change stays as it was. */
export function metadataForUpdate(
  object: KubernetesObject,
  old: KubernetesObject,
): KubernetesObject['metadata'] {
  const {
    managedFields: _fields,
    selfLink: _link,
    ...rest
  } = object.metadata as Record<string, any>;
  const before = old.metadata as Record<string, any>;
  return withoutEmpty({
    ...rest,
    name: before.name,
    namespace: before.namespace,
    uid: before.uid,
    resourceVersion: before.resourceVersion,
    generation: before.generation,
    creationTimestamp: before.creationTimestamp,
    deletionTimestamp: before.deletionTimestamp,
    deletionGracePeriodSeconds: undefined,
    ...(before.deletionTimestamp ? { deletionGracePeriodSeconds: 0 } : {}),
  });
}

/** True when a change counts as a new generation: anything but metadata, and but status where that is a subresource. */
export function raisesGeneration(
  resource: Pick<Resource, 'custom' | 'statusSubresource'>,
  object: KubernetesObject,
  old: KubernetesObject,
): boolean {
  if (!resource.custom) return false;
  const fields = new Set([...Object.keys(object), ...Object.keys(old)]);
  fields.delete('metadata');
  if (resource.statusSubresource) fields.delete('status');
  return [...fields].some(
    field => !isDeepStrictEqual(object[field], old[field]),
  );
}
