import {
  badRequest,
  jsonPatch,
  mergePatch,
  notFound,
  strategicMergePatch,
  type KubernetesObject,
  type Resource,
  type UpdateOptions,
} from '../objects';
import { serveApply } from './apply';
import type { ApiContext, ResourceCall } from './context';
import { unsupportedMediaType } from './errors';
import {
  checkMetadataTypes,
  goType,
  jsonProblem,
  mediaType,
  readBody,
} from './requestBody';
import { answer, toStorage } from './write';
import { writeOptionsOf } from './writeOptions';

const MERGE_PATCH = 'application/merge-patch+json';
const STRATEGIC_MERGE_PATCH = 'application/strategic-merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const APPLY_PATCH = 'application/apply-patch+yaml';

/** Media types in the order in which an error tells them; the apply patch is in Kubernetes' own list twice. */
function acceptedTypes({ custom, conversion }: Resource): string[] {
  return [
    JSON_PATCH,
    MERGE_PATCH,
    ...(custom ? [] : [STRATEGIC_MERGE_PATCH]),
    // Owners of fields are known in the stored version alone.
    ...(conversion ? [] : [APPLY_PATCH, APPLY_PATCH]),
  ];
}

function parsePatch(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest(`error decoding patch: ${jsonProblem(text, error)}`);
  }
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

/** Answers a PATCH: JSON patch, JSON merge patch, strategic merge patch of built-in kinds, and server-side apply. */
export async function servePatch(
  context: ApiContext,
  call: ResourceCall,
): Promise<void> {
  const { store } = context;
  const { resource, info, message } = call;
  const type = mediaType(message);
  const accepted = acceptedTypes(resource);
  if (type === undefined || !accepted.includes(type)) {
    throw unsupportedMediaType(accepted);
  }
  if (type === APPLY_PATCH) {
    await serveApply(context, call);
    return;
  }
  const options: UpdateOptions = {
    ...writeOptionsOf(call, 'PatchOptions'),
    status: info.subresource === 'status',
  };
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
  const merge =
    type === STRATEGIC_MERGE_PATCH ? strategicMergePatch : mergePatch;
  const result = resource.conversion
    ? patchInVersion(
        context,
        call,
        seen => merge(seen, patch) as KubernetesObject,
        options,
      )
    : store.mergePatch(resource, key, patch, { ...options, merge });
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
