import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { HubObjectKind } from '@backstage-fleet/plugin-fleet-node';
import { sameNews } from './news';

/** Which objects of a kind are new, different or gone. */
export interface ObjectChanges {
  changed: KubernetesObject[];
  /** What was only written again. */
  same: KubernetesObject[];
  removed: string[];
}

/** Kinds that stand for objects of many kinds. */
const MIXED = new Set<HubObjectKind>(['Claim', 'ClaimPart', 'Definition']);

/** The key of an object within its kind: `namespace/name`, after the object's own kind where one kind stands for many. */
export function objectKey(
  kind: HubObjectKind,
  object: KubernetesObject,
): string {
  const { namespace = '', name } = object.metadata;
  if (!MIXED.has(kind)) return `${namespace}/${name}`;
  const [group] = (object.apiVersion ?? '').split('/');
  return `${object.kind}.${group}/${namespace}/${name}`;
}

/**
 * The objects of one hub, and what is news about them (see {@link sameNews}).
 */
export class HubCopy {
  readonly #kinds = new Map<HubObjectKind, Map<string, KubernetesObject>>();

  objects(kind: HubObjectKind): ReadonlyMap<string, KubernetesObject> {
    return this.#of(kind);
  }

  /** Takes objects in and says nothing of others. */
  merge(kind: HubObjectKind, objects: KubernetesObject[]): ObjectChanges {
    const known = this.#of(kind);
    const changes: ObjectChanges = { changed: [], same: [], removed: [] };
    for (const object of objects) {
      const key = objectKey(kind, object);
      sort(changes, known.get(key), object);
      known.set(key, object);
    }
    return changes;
  }

  replace(kind: HubObjectKind, objects: KubernetesObject[]): ObjectChanges {
    const before = this.#of(kind);
    const after = new Map<string, KubernetesObject>();
    const changes: ObjectChanges = { changed: [], same: [], removed: [] };
    for (const object of objects) {
      const key = objectKey(kind, object);
      after.set(key, object);
      sort(changes, before.get(key), object);
    }
    changes.removed = [...before.keys()].filter(key => !after.has(key));
    this.#kinds.set(kind, after);
    return changes;
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

function sort(
  { changed, same }: ObjectChanges,
  before: KubernetesObject | undefined,
  after: KubernetesObject,
) {
  if (before === after) return;
  (sameNews(before, after) ? same : changed).push(after);
}
