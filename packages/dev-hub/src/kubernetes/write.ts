import {
  badRequest,
  jsonPatch,
  mergePatch,
  notFound,
  type KubernetesObject,
  type Resource,
  type UpdateOptions,
} from '../objects';
import type { ApiContext, ResourceCall } from './context';
import { unsupportedMediaType } from './errors';
import { sendCall } from './read';
import { representObject } from './representations';
import {
  checkMetadataTypes,
  goType,
  jsonProblem,
  mediaType,
  readBody,
  readObject,
} from './requestBody';
import { writeOptionsOf } from './writeOptions';

function answer(
  context: ApiContext,
  call: ResourceCall,
  code: number,
  object: KubernetesObject,
): void {
  sendCall(
    call,
    code,
    representObject(
      call.resource,
      object,
      call.representation,
      call.query,
      context.clock.now(),
    ),
  );
}

function takeNamespace(call: ResourceCall, object: KubernetesObject): void {
  if (!call.resource.namespaced) return;
  const { namespace } = call.info;
  const named = object.metadata.namespace;
  if (named && named !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  object.metadata.namespace = namespace;
}

/** An object of a request in the version that objects are stored in. */
function toStorage(
  resource: Resource,
  object: KubernetesObject,
): KubernetesObject {
  return resource.conversion?.toStorage(object) ?? object;
}

/** Patches an object as the version of the request sees it, and stores what comes out. */
function patchInVersion(
  { store }: ApiContext,
  { resource, info }: ResourceCall,
  patched: (object: KubernetesObject) => KubernetesObject,
  options: UpdateOptions,
): KubernetesObject {
  const old = store.get(resource, {
    name: info.name!,
    namespace: info.namespace,
  });
  const seen = resource.conversion!.fromStorage(old);
  return store.update(resource, toStorage(resource, patched(seen)), options);
}

export async function serveCreate(
  context: ApiContext,
  call: ResourceCall,
): Promise<void> {
  const options = writeOptionsOf(call, 'CreateOptions');
  const object = await readObject(call.message, call.resource);
  takeNamespace(call, object);
  const created = context.store.create(
    call.resource,
    toStorage(call.resource, object),
    options,
  );
  answer(context, call, 201, created);
}

export async function serveUpdate(
  context: ApiContext,
  call: ResourceCall,
): Promise<void> {
  const { resource, info } = call;
  const options: UpdateOptions = {
    ...writeOptionsOf(call, 'UpdateOptions'),
    status: info.subresource === 'status',
  };
  const object = await readObject(call.message, resource);
  takeNamespace(call, object);
  const { name } = object.metadata;
  if (name && name !== info.name) {
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${info.name})`,
    );
  }
  object.metadata.name = info.name!;
  const stored = toStorage(resource, object);
  answer(context, call, 200, context.store.update(resource, stored, options));
}

const MERGE_PATCH = 'application/merge-patch+json';
const STRATEGIC_MERGE_PATCH = 'application/strategic-merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const APPLY_PATCH = 'application/apply-patch+yaml';

function parsePatch(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest(`error decoding patch: ${jsonProblem(text, error)}`);
  }
}

/**
 * Answers a PATCH.
 *
 * @remarks
 * Strategic merge patches of built-in kinds are merged as JSON merge patches. That differs in two lists of metadata:
 * finalizers and ownerReferences are replaced, not added to. Server-side apply is not served.
 */
export async function servePatch(
  context: ApiContext,
  call: ResourceCall,
): Promise<void> {
  const { store } = context;
  const { resource, info, message } = call;
  const options: UpdateOptions = {
    ...writeOptionsOf(call, 'PatchOptions'),
    status: info.subresource === 'status',
  };
  const type = mediaType(message);
  const accepted = resource.custom
    ? [JSON_PATCH, MERGE_PATCH]
    : [JSON_PATCH, MERGE_PATCH, STRATEGIC_MERGE_PATCH];
  if (type === undefined || !accepted.includes(type)) {
    throw unsupportedMediaType([...accepted, APPLY_PATCH, APPLY_PATCH]);
  }
  const patch = parsePatch(await readBody(message));
  const key = { name: info.name!, namespace: info.namespace };
  if (type === JSON_PATCH) {
    const result = resource.conversion
      ? patchInVersion(context, call, seen => jsonPatch(seen, patch), options)
      : store.jsonPatch(resource, key, patch, options);
    answer(context, call, 200, result);
    return;
  }
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${goType(
        patch,
      )} into Go value of type map[string]interface {}`,
    );
  }
  if (!store.find(resource, key)) throw notFound(resource, key.name);
  checkMetadataTypes(resource, withoutNulls(patch));
  const result = resource.conversion
    ? patchInVersion(
        context,
        call,
        seen => mergePatch(seen, patch) as KubernetesObject,
        options,
      )
    : store.mergePatch(resource, key, patch, options);
  answer(context, call, 200, result);
}

/** A null in a merge patch removes, so it has no type to check. */
function withoutNulls(value: any): any {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== null)
      .map(([key, child]) => [key, withoutNulls(child)]),
  );
}
