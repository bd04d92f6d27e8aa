import { isDeepStrictEqual } from 'util';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { HubObjectKind } from '@backstage-fleet/plugin-fleet-node';

/** Which objects of a kind are new, different or gone. */
export interface ObjectChanges {
  changed: KubernetesObject[];
  removed: string[];
}

/** The key of an object within its kind: `namespace/name`, after the object's own kind where one kind stands for many. */
export function objectKey(
  kind: HubObjectKind,
  object: KubernetesObject,
): string {
  const { namespace = '', name } = object.metadata;
  if (kind !== 'Claim' && kind !== 'ClaimPart') return `${namespace}/${name}`;
  const [group] = (object.apiVersion ?? '').split('/');
  return `${object.kind}.${group}/${namespace}/${name}`;
}

/**
 * The objects of one hub, and what is news about them.
 *
 * About half of the writes that controllers make change nothing that anybody looks at: they make no news.
 */
export class HubCopy {
  readonly #kinds = new Map<HubObjectKind, Map<string, KubernetesObject>>();

  objects(kind: HubObjectKind): ReadonlyMap<string, KubernetesObject> {
    return this.#of(kind);
  }

  /** Takes objects in and says nothing of others. */
  merge(kind: HubObjectKind, objects: KubernetesObject[]): ObjectChanges {
    const known = this.#of(kind);
    const changed: KubernetesObject[] = [];
    for (const object of objects) {
      const key = objectKey(kind, object);
      if (!sameNews(known.get(key), object)) changed.push(object);
      known.set(key, object);
    }
    return { changed, removed: [] };
  }

  replace(kind: HubObjectKind, objects: KubernetesObject[]): ObjectChanges {
    const before = this.#of(kind);
    const after = new Map<string, KubernetesObject>();
    const changed: KubernetesObject[] = [];
    for (const object of objects) {
      const key = objectKey(kind, object);
      after.set(key, object);
      if (!sameNews(before.get(key), object)) changed.push(object);
    }
    const removed = [...before.keys()].filter(key => !after.has(key));
    this.#kinds.set(kind, after);
    return { changed, removed };
  }

  /** @returns whether it is news */
  upsert(kind: HubObjectKind, object: KubernetesObject): boolean {
    const objects = this.#of(kind);
    const key = objectKey(kind, object);
    const before = objects.get(key);
    objects.set(key, object);
    return !sameNews(before, object);
  }

  /** @returns whether there was one */
  remove(kind: HubObjectKind, object: KubernetesObject): boolean {
    return this.#of(kind).delete(objectKey(kind, object));
  }

  #of(kind: HubObjectKind): Map<string, KubernetesObject> {
    let objects = this.#kinds.get(kind);
    if (!objects) {
      objects = new Map();
      this.#kinds.set(kind, objects);
    }
    return objects;
  }
}

/** Whether two states of an object look the same to people; that the controller looked again is no news. */
function sameNews(
  before: KubernetesObject | undefined,
  after: KubernetesObject,
): boolean {
  if (!before) return false;
  if (before === after) return true;
  return isDeepStrictEqual(
    { ...before, status: { ...before.status, reconciledAt: undefined } },
    { ...after, status: { ...after.status, reconciledAt: undefined } },
  );
}
