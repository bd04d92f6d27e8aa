import type { Application } from '@backstage-fleet/plugin-fleet-gitops';
import {
  applications,
  jsonPatch,
  mergePatch,
  type ObjectStore,
} from '../../objects';
import { ApiError } from './ApiError';

const FINALIZER = 'resources-finalizer.argocd.argoproj.io';

function finalizerFor(policy: string | undefined): string {
  if (!policy) return FINALIZER;
  if (policy === 'foreground' || policy === 'background') {
    return `${FINALIZER}/${policy}`;
  }
  throw new ApiError(3, `invalid propagation policy: ${policy}`);
}

/**
 * `DELETE /applications/{name}`: with what the Application brought to its cluster, unless `cascade` is `false`.
 *
 * Source: Argo CD `server/application/application.go`, Delete.
 */
export function remove(
  store: ObjectStore,
  { metadata }: Application,
  query: { cascade?: string; propagationPolicy?: string },
): void {
  const cascades = query.cascade !== 'false';
  if (!cascades && query.propagationPolicy) {
    throw new ApiError(
      3,
      'cannot set propagation policy when cascading is disabled',
    );
  }
  const finalizer = finalizerFor(query.propagationPolicy);
  const others = (metadata.finalizers ?? []).filter(
    name => name !== FINALIZER && !name.startsWith(`${FINALIZER}/`),
  );
  store.mergePatch(applications, metadata, {
    metadata: { finalizers: cascades ? [...others, finalizer] : others },
  });
  store.remove(applications, metadata);
}

function parsePatch(text: unknown): any {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}

/** `PATCH /applications/{name}`: a JSON patch, or with `patchType: merge` a JSON merge patch. */
export function patch(
  store: ObjectStore,
  application: Application,
  body: any,
): Application {
  const merges = body?.patchType === 'merge';
  if (!merges && body?.patchType && body.patchType !== 'json') {
    throw new ApiError(3, `Patch type '${body.patchType}' is not supported`);
  }
  const wanted = parsePatch(body?.patch);
  const fits = merges ? !Array.isArray(wanted) : Array.isArray(wanted);
  if (typeof wanted !== 'object' || wanted === null || !fits) {
    throw new ApiError(
      2,
      merges
        ? 'error calculating merge patch: Invalid JSON Patch'
        : 'error decoding json patch: it must be a list of operations',
    );
  }
  const patched = (
    merges ? mergePatch(application, wanted) : jsonPatch(application, wanted)
  ) as Application;
  // argocd-server takes spec, labels, annotations and finalizers over, and the operation.
  return store.modify(applications, application.metadata, draft => {
    const { labels, annotations, finalizers } = patched.metadata;
    Object.assign(draft.metadata, { labels, annotations, finalizers });
    draft.spec = patched.spec;
    draft.operation = patched.operation;
  });
}

/** `PUT /applications/{name}/spec`. */
export function replaceSpec(
  store: ObjectStore,
  { metadata }: Application,
  spec: any,
): object {
  const { server, name } = spec?.destination ?? {};
  if (!server && !name) {
    throw new ApiError(
      3,
      `application destination spec for ${metadata.name} is invalid: Destination server missing from app spec`,
    );
  }
  return store.modify(applications, metadata, draft => {
    draft.spec = spec;
  }).spec as object;
}
