import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { admitObject } from './admission';
import { canonicalObject } from './canonical';
import { applyFields } from './fields';
import { systemClock, timestamp, type Clock } from './clock';
import { storageKey } from './keys';
import { metadataForCreate } from './metadataRules';
import { randomSuffix } from './nameSuffix';
import { jsonPatch, mergePatch } from './patches';
import { ResourceRegistry, type ResourceChange } from './ResourceRegistry';
import { allResources, namespaces } from './resources';
import { parseFilter } from './selectors';
import type { ObjectStoreOptions } from './storeOptions';
import { alreadyExists, expired, internalError, notFound } from './status';
import type {
  ApplyOptions,
  KubernetesObject,
  ListOptions,
  ObjectKey,
  ObjectList,
  RemoveOptions,
  RemoveResult,
  Resource,
  UpdateOptions,
  WatchEvent,
  WatchEventType,
  WatchOptions,
  WriteOptions,
} from './types';
import type { WatchListener } from './watchers';
import {
  apiVersionOf,
  checkApplied,
  checkPreconditions,
  checkUpdateVersion,
  finalizersForRemoval,
  markedForRemoval,
  replacement,
} from './writeRules';

function rethrowLater(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}

/**
 * The state of the hub: versioned Kubernetes objects in memory, with the rules of an API server for names, versions,
 * generations, finalizers and conflicts.
 *
 * @remarks
 * Objects that are returned or passed to listeners are frozen and shared. All failures are {@link StatusError}s, the
 * same for callers in the process and for the HTTP API.
 */
export class ObjectStore {
  readonly clock: Clock;
  private readonly registry: ResourceRegistry;
  private readonly newUid: () => string;
  private readonly nameSuffix: () => string;
  private version: number;

  constructor(options: ObjectStoreOptions = {}) {
    this.clock = options.clock ?? systemClock;
    this.newUid = options.newUid ?? randomUUID;
    this.nameSuffix = options.nameSuffix ?? randomSuffix;
    this.version = options.startVersion ?? this.clock.now();
    this.registry = new ResourceRegistry({
      historyCapacity: options.historyCapacity ?? 10_000,
      onListenerError: options.onListenerError ?? rethrowLater,
    });
    for (const resource of options.resources ?? allResources) {
      this.registry.add(resource, this.version);
    }
  }

  /** The version of the latest change of anything. */
  get resourceVersion(): number {
    return this.version;
  }

  /** What is served, each in the version that its objects are stored in. */
  resources(): Resource[] {
    return this.registry.all().map(({ collection }) => collection.resource);
  }

  /** The resource that a path names, if it is served, as the version in the path sees it. */
  findResource(
    group: string,
    version: string,
    plural: string,
  ): Resource | undefined {
    return this.registry.find(group, version, plural);
  }

  /** The resource of a kind, in the version that its objects are stored in. */
  findKind(group: string, kind: string): Resource | undefined {
    return this.resources().find(
      resource => resource.group === group && resource.kind === kind,
    );
  }

  /** Serves a resource from now on, or an existing one by a new definition. */
  addResource(resource: Resource<any>): void {
    this.registry.add(resource, this.version);
  }

  /** Deletes all objects of a resource, finalizers or not, ends its watches and serves it no longer. */
  removeResource(resource: Resource<any>): void {
    for (const object of this.list(resource).items) {
      this.commit(resource, 'DELETED', object, object);
    }
    this.registry.remove(resource);
  }

  /** Hears of resources that come and go; returns a function that ends this. */
  onResourceChange(
    listener: (resource: Resource, change: ResourceChange) => void,
  ): () => void {
    return this.registry.onChange(listener);
  }

  find<T extends KubernetesObject>(
    resource: Resource<T>,
    key: ObjectKey,
  ): T | undefined {
    return this.registry
      .get(resource)
      .collection.get(storageKey(resource, key)) as T | undefined;
  }

  /** Raises 404 NotFound. */
  get<T extends KubernetesObject>(resource: Resource<T>, key: ObjectKey): T {
    const object = this.find(resource, key);
    if (!object) throw notFound(resource, key.name);
    return object;
  }

  /** Objects in the order of namespace and name. Raises 400 for bad selectors, 410 for versions no longer held. */
  list<T extends KubernetesObject>(
    resource: Resource<T>,
    options: ListOptions = {},
  ): ObjectList<T> {
    return this.registry
      .get(resource)
      .collection.list(options, this.version) as ObjectList<T>;
  }

  /** The oldest version from which the resource can be watched. */
  oldestVersion(resource: Resource<any>): number {
    return this.registry.get(resource).collection.history.oldestVersion;
  }

  /** True when the history of the resource holds any change. */
  hasChanged(resource: Resource<any>): boolean {
    return !this.registry.get(resource).collection.history.isEmpty;
  }

  /** Forgets the history so far, of one resource or of all: older versions are 410 from now on. */
  compact(resource?: Resource<any>): void {
    const chosen = resource
      ? [this.registry.get(resource)]
      : this.registry.all();
    for (const { collection } of chosen) {
      collection.history.compact(this.version);
    }
  }

  /**
   * Calls the listener for every change, at once and in order, until the returned function is called. Without
   * `resourceVersion` it first gets an ADDED for each object that exists, before this method returns.
   */
  watch<T extends KubernetesObject>(
    resource: Resource<T>,
    options: WatchOptions,
    listener: WatchListener<T>,
  ): () => void {
    const { collection, watchers } = this.registry.get(resource);
    const matches = parseFilter(resource, options);
    const { resourceVersion } = options;
    if (
      resourceVersion !== undefined &&
      resourceVersion < collection.history.oldestVersion
    ) {
      throw expired(
        `too old resource version: ${resourceVersion} (${collection.history.oldestVersion})`,
      );
    }
    const replay: WatchEvent[] =
      resourceVersion === undefined
        ? collection.list({}, this.version).items.map(object => ({
            type: 'ADDED',
            object,
            resourceVersion: Number(object.metadata.resourceVersion),
          }))
        : collection.history.after(resourceVersion);
    return watchers.add(
      matches,
      listener as WatchListener,
      replay,
      Math.max(this.version, resourceVersion ?? 0),
      options.onEnd,
    );
  }

  /** Raises 409 AlreadyExists, 404 for a namespace that does not exist, 422 Invalid. */
  create<T extends KubernetesObject>(
    resource: Resource<T>,
    object: T | KubernetesObject,
    options: WriteOptions = {},
  ): T {
    const stored = this.registry.get(resource).collection.resource;
    if (object.metadata.resourceVersion) {
      throw internalError(
        'resourceVersion should not be set on objects to be created',
      );
    }
    const { namespace, generateName } = object.metadata as {
      namespace?: string;
      generateName?: string;
    };
    if (
      resource.namespaced &&
      !this.find(namespaces, { name: namespace ?? '' })
    ) {
      throw notFound(namespaces, namespace ?? '');
    }
    const name =
      object.metadata.name ||
      (generateName ? generateName + this.nameSuffix() : '');
    const created = admitObject(
      stored,
      {
        ...object,
        metadata: metadataForCreate(stored, object, {
          name,
          uid: this.newUid(),
          creationTimestamp: timestamp(this.clock),
          managedFields: options.managedFields,
        }),
        ...(resource.custom && resource.statusSubresource
          ? { status: undefined }
          : {}),
      },
      undefined,
      options,
    );
    const existing = this.find(resource, { name, namespace });
    if (existing) {
      throw alreadyExists(
        resource,
        name,
        existing.metadata.deletionTimestamp ? 'object is being deleted: ' : '',
      );
    }
    if (options.dryRun) return canonicalObject(resource, created) as T;
    return this.commit(resource, 'ADDED', created) as T;
  }

  /**
   * Replaces an object. Raises 409 Conflict when `metadata.resourceVersion` is not the current one; custom resources
   * must name it (422), built-in ones may leave it out.
   */
  update<T extends KubernetesObject>(
    resource: Resource<T>,
    object: T,
    options: UpdateOptions = {},
  ): T {
    this.get(resource, object.metadata);
    checkUpdateVersion(resource, object);
    return this.replace(resource, object.metadata, object, options);
  }

  /**
   * Applies a JSON merge patch (RFC 7386), or what `merge` makes of a patch. A resourceVersion in the patch must be the
   * current one (409).
   */
  mergePatch<T extends KubernetesObject>(
    resource: Resource<T>,
    key: ObjectKey,
    patch: object,
    options: UpdateOptions & { merge?: typeof mergePatch } = {},
  ): T {
    const { merge = mergePatch, ...others } = options;
    const old = this.get(resource, key);
    return this.replace(resource, key, merge(old, patch) as T, others);
  }

  /** Applies a JSON patch (RFC 6902). */
  jsonPatch<T extends KubernetesObject>(
    resource: Resource<T>,
    key: ObjectKey,
    operations: unknown,
    options: UpdateOptions = {},
  ): T {
    const old = this.get(resource, key);
    return this.replace(resource, key, jsonPatch(old, operations), options);
  }

  /**
   * Server-side apply: creates an object, or changes the fields that are given and takes away those that its manager gave
   * before. Raises 409 for fields of other managers, unless forced.
   */
  apply<T extends KubernetesObject>(
    resource: Resource<T>,
    object: T,
    options: ApplyOptions,
  ): { object: T; created: boolean } {
    const live = this.find(resource, object.metadata);
    const { object: result, managedFields } = applyFields(
      live,
      checkApplied(resource, object, live, options),
      { ...options, apiVersion: apiVersionOf(resource) },
      this.clock,
    );
    const write = { ...options, managedFields };
    return live
      ? {
          object: this.replace(resource, live.metadata, result as T, write),
          created: false,
        }
      : { object: this.create(resource, result, write), created: true };
  }

  /** Changes an object in place through a private copy: `store.modify(applications, key, app => { app.spec.project = 'x'; })`. */
  modify<T extends KubernetesObject>(
    resource: Resource<T>,
    key: ObjectKey,
    change: (draft: T) => void,
    options: UpdateOptions = {},
  ): T {
    const draft = structuredClone(this.get(resource, key));
    change(draft);
    return this.replace(resource, key, draft, options);
  }

  /** Deletes an object, or marks it while finalizers hold it. Raises 404, and 409 for failed preconditions. */
  remove<T extends KubernetesObject>(
    resource: Resource<T>,
    key: ObjectKey,
    options: RemoveOptions = {},
  ): RemoveResult<T> {
    const old = this.get(resource, key);
    checkPreconditions(resource, old, options.preconditions ?? {});
    const finalizers = finalizersForRemoval(old, options.propagationPolicy);
    if (finalizers.length === 0) {
      if (!options.dryRun) this.commit(resource, 'DELETED', old, old);
      return { removed: true, object: old };
    }
    if (old.metadata.deletionTimestamp) return { removed: false, object: old };
    const marked = markedForRemoval(resource, old, finalizers, this.clock);
    return {
      removed: false,
      object: options.dryRun
        ? canonicalObject(resource, marked)
        : this.commit(resource, 'MODIFIED', marked, old),
    };
  }

  private replace<T extends KubernetesObject>(
    resource: Resource<T>,
    key: ObjectKey,
    object: T,
    options: UpdateOptions,
  ): T {
    const old = this.get(resource, key);
    const stored = this.registry.get(resource).collection.resource;
    const result = replacement(stored, object, old, options, this.clock) as T;
    if (isDeepStrictEqual(result, old)) return old;
    if (options.dryRun) return result;
    if (old.metadata.deletionTimestamp && !result.metadata.finalizers?.length) {
      this.commit(resource, 'DELETED', old, old);
      return result;
    }
    return this.commit(resource, 'MODIFIED', result, old) as T;
  }

  private commit<T extends KubernetesObject>(
    resource: Resource<any>,
    type: WatchEventType,
    object: T,
    previous?: T,
  ): T {
    const { collection, watchers } = this.registry.get(resource);
    this.version += 1;
    const stored = canonicalObject(resource, {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(this.version) },
    });
    const event: WatchEvent = {
      type,
      object: stored,
      previous,
      resourceVersion: this.version,
    };
    collection.apply(event);
    watchers.publish(event);
    return stored;
  }
}
