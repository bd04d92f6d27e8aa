import type { ObjectStore } from './ObjectStore';
import { namespaces } from './resources';

/**
 * Deletes what is in a Namespace when that is deleted. Objects with finalizers stay, marked, until these are taken away.
 *
 * @remarks
 * Unlike in a cluster the Namespace itself goes first; nothing can be created in it from then on either way.
 *
 * @returns a function that stops it
 */
export function startNamespaceController(store: ObjectStore): () => void {
  return store.watch(namespaces, {}, ({ type, object }) => {
    if (type !== 'DELETED') return;
    for (const resource of store.resources()) {
      if (!resource.namespaced) continue;
      const { items } = store.list(resource, {
        namespace: object.metadata.name,
      });
      for (const { metadata } of items) {
        if (store.find(resource, metadata)) store.remove(resource, metadata);
      }
    }
  });
}
