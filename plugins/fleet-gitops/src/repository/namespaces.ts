import type { Application, ApplicationSet } from '../model/argocd';

/** Where Argo CD's own objects are unless they say otherwise. */
const DEFAULT_NAMESPACE = 'argocd';

/** An object as the API server has it: with a namespace. */
export function normalized<T extends Application | ApplicationSet>(
  object: T,
  namespace = DEFAULT_NAMESPACE,
): T {
  return object.metadata.namespace
    ? object
    : { ...object, metadata: { ...object.metadata, namespace } };
}
