import type { ObjectStore } from './ObjectStore';
import { isStatus } from './status';
import type {
  KubernetesObject,
  ObjectKey,
  Resource,
  WatchEvent,
} from './types';

interface Dependent {
  resource: Resource;
  key: ObjectKey;
  uid: string;
}

type OwnerReference = NonNullable<
  KubernetesObject['metadata']['ownerReferences']
>[number];

/**
 * Deletes objects whose owners are gone, as the garbage collector of a cluster does; so deleting an ApplicationSet
 * deletes the Applications that name it as their owner. Foreground and Orphan deletion are completed too.
 *
 * Source: Kubernetes documentation, "Garbage collection".
 */
class GarbageCollector {
  private readonly alive = new Set<string>();
  private readonly dependents = new Map<string, Map<string, Dependent>>();
  private readonly stops: Array<() => void> = [];

  constructor(private readonly store: ObjectStore) {}

  start(): () => void {
    for (const resource of this.store.resources()) this.follow(resource);
    this.stops.push(
      this.store.onResourceChange((resource, change) => {
        if (change === 'served') this.follow(resource);
      }),
    );
    return () => this.stops.forEach(stop => stop());
  }

  private follow(resource: Resource): void {
    this.stops.push(
      this.store.watch(resource, {}, event => this.observe(resource, event)),
    );
  }

  private observe(resource: Resource, event: WatchEvent): void {
    const { object, previous } = event;
    const uid = object.metadata.uid!;
    const deleted = event.type === 'DELETED';
    const owners = deleted ? [] : object.metadata.ownerReferences ?? [];
    const lost = (previous?.metadata.ownerReferences ?? []).filter(
      before => !owners.some(owner => owner.uid === before.uid),
    );
    for (const owner of lost) this.dependents.get(owner.uid)?.delete(uid);
    for (const owner of owners) {
      const known = this.dependents.get(owner.uid) ?? new Map();
      this.dependents.set(
        owner.uid,
        known.set(uid, { resource, key: object.metadata, uid }),
      );
    }
    if (deleted) {
      this.alive.delete(uid);
      this.ownerGone(uid);
    } else {
      this.alive.add(uid);
      if (object.metadata.deletionTimestamp) this.ownerMarked(resource, object);
    }
    for (const owner of lost) this.completeForeground(owner);
  }

  private dependentsOf(uid: string): Dependent[] {
    return [...(this.dependents.get(uid)?.values() ?? [])];
  }

  private ownerGone(uid: string): void {
    for (const dependent of this.dependentsOf(uid)) {
      this.release(dependent, uid, 'Background');
    }
    this.dependents.delete(uid);
  }

  /** Deletes a dependent that nobody else owns; otherwise takes the reference to this owner out. */
  private release(
    dependent: Dependent,
    ownerUid: string,
    policy: 'Background' | 'Foreground',
  ): void {
    const object = this.store.find(dependent.resource, dependent.key);
    if (object?.metadata.uid !== dependent.uid) return;
    const others = (object.metadata.ownerReferences ?? []).filter(
      owner => owner.uid !== ownerUid,
    );
    if (others.every(owner => this.isGone(owner))) {
      this.remove(dependent, policy);
    } else {
      this.dropReference(dependent, ownerUid);
    }
  }

  private dropReference({ resource, key }: Dependent, ownerUid: string): void {
    this.store.modify(resource, key, draft => {
      draft.metadata.ownerReferences = draft.metadata.ownerReferences?.filter(
        owner => owner.uid !== ownerUid,
      );
    });
  }

  /** Owners of kinds that are not served may live elsewhere. */
  private isGone(owner: OwnerReference): boolean {
    const [group] = owner.apiVersion.includes('/')
      ? owner.apiVersion.split('/')
      : [''];
    return (
      this.store.findKind(group, owner.kind) !== undefined &&
      !this.alive.has(owner.uid)
    );
  }

  private ownerMarked(resource: Resource, owner: KubernetesObject): void {
    const { finalizers = [], uid } = owner.metadata;
    if (finalizers.includes('orphan')) {
      for (const dependent of this.dependentsOf(uid!)) {
        this.dropReference(dependent, uid!);
      }
      this.dropFinalizer(resource, owner.metadata, 'orphan');
    } else if (finalizers.includes('foregroundDeletion')) {
      const dependents = this.dependentsOf(uid!);
      for (const dependent of dependents) {
        this.release(dependent, uid!, 'Foreground');
      }
      if (this.dependentsOf(uid!).length === 0) {
        this.dropFinalizer(resource, owner.metadata, 'foregroundDeletion');
      }
    }
  }

  private completeForeground(owner: OwnerReference): void {
    if (!this.alive.has(owner.uid)) return;
    if (this.dependentsOf(owner.uid).length > 0) return;
    for (const resource of this.store.resources()) {
      if (resource.kind !== owner.kind) continue;
      const waiting = this.store
        .list(resource, { fieldSelector: `metadata.name=${owner.name}` })
        .items.find(
          ({ metadata }) =>
            metadata.uid === owner.uid && metadata.deletionTimestamp,
        );
      if (waiting?.metadata.finalizers?.includes('foregroundDeletion')) {
        this.dropFinalizer(resource, waiting.metadata, 'foregroundDeletion');
      }
    }
  }

  private dropFinalizer(
    resource: Resource,
    key: ObjectKey,
    finalizer: string,
  ): void {
    if (!this.store.find(resource, key)) return;
    this.store.modify(resource, key, draft => {
      draft.metadata.finalizers = draft.metadata.finalizers?.filter(
        other => other !== finalizer,
      );
    });
  }

  private remove(
    { resource, key, uid }: Dependent,
    propagationPolicy: 'Background' | 'Foreground',
  ): void {
    try {
      this.store.remove(resource, key, {
        propagationPolicy,
        preconditions: { uid },
      });
    } catch (error) {
      // Somebody else was faster.
      if (!isStatus(error, 'NotFound') && !isStatus(error, 'Conflict')) {
        throw error;
      }
    }
  }
}

/**
 * Starts the garbage collector of a store.
 *
 * @returns a function that stops it
 */
export function startGarbageCollector(store: ObjectStore): () => void {
  return new GarbageCollector(store).start();
}
