import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { admitObject } from './admission';
import { canonicalObject } from './canonical';
import { systemClock, timestamp, type Clock } from './clock';
import { Collection } from './collection';
import { storageKey } from './keys';
import { metadataForCreate } from './metadataRules';
import { randomSuffix } from './nameSuffix';
import { jsonPatch, mergePatch } from './patches';
import { allResources, namespaces } from './resources';
import { parseFilter } from './selectors';
import {
  alreadyExists,
  expired,
  internalError,
  invalid,
  notFound,
} from './status';
import type {
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
import { Watchers, type WatchListener } from './watchers';
import {
  checkPreconditions,
  finalizersForRemoval,
  replacement,
} from './writeRules';

export interface ObjectStoreOptions {
  clock?: Clock;
  /** What is served; everything that the hub knows by default. */
  resources?: Resource<any>[];
  /** Makes uids; random UUIDs by default. */
  newUid?: () => string;
  /** Makes the five characters that `generateName` is completed with. */
  nameSuffix?: () => string;
  /** How many changes of each resource can be replayed to a watch (10,000 by default); older versions are 410. */
  historyCapacity?: number;
  /**
   * The version before the first change. By default the time in milliseconds: a client that comes back after a restart
   * then holds a version from before the history and is told so (410), where a counter from 1 would leave it waiting
   * for a version from the future.
   */
  startVersion?: number;
  /** Told about errors thrown by listeners of in-process watches; by default they end the process. */
  onListenerError?: (error: unknown) => void;
}

function rethrowLater(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}

interface Served {
  collection: Collection;
  watchers: Watchers;
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
  private readonly served = new Map<string, Served>();
  private readonly newUid: () => string;
  private readonly nameSuffix: () => string;
  private version: number;

  constructor(options: ObjectStoreOptions = {}) {
    this.clock = options.clock ?? systemClock;
    this.newUid = options.newUid ?? randomUUID;
    this.nameSuffix = options.nameSuffix ?? randomSuffix;
    this.version = options.startVersion ?? this.clock.now();
    for (const resource of options.resources ?? allResources) {
      this.served.set(`${resource.group}/${resource.plural}`, {
        collection: new Collection(
          resource,
          options.historyCapacity ?? 10_000,
          this.version,
        ),
        watchers: new Watchers(options.onListenerError ?? rethrowLater),
      });
    }
  }

  /** The version of the latest change of anything. */
  get resourceVersion(): number {
    return this.version;
  }

  resources(): Resource[] {
    return [...this.served.values()].map(
      ({ collection }) => collection.resource,
    );
  }

  /** The resource that a path names, if it is served. */
  findResource(
    group: string,
    version: string,
    plural: string,
  ): Resource | undefined {
    const resource = this.served.get(`${group}/${plural}`)?.collection.resource;
    return resource?.version === version ? resource : undefined;
  }

  find<T extends KubernetesObject>(
    resource: Resource<T>,
    key: ObjectKey,
  ): T | undefined {
    return this.serve(resource).collection.get(storageKey(resource, key)) as
      | T
      | undefined;
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
    return this.serve(resource).collection.list(
      options,
      this.version,
    ) as ObjectList<T>;
  }

  /** The oldest version from which the resource can be watched. */
  oldestVersion(resource: Resource<any>): number {
    return this.serve(resource).collection.history.oldestVersion;
  }

  /** True when the history of the resource holds any change. */
  hasChanged(resource: Resource<any>): boolean {
    return !this.serve(resource).collection.history.isEmpty;
  }

  /** Forgets the history so far, of one resource or of all: older versions are 410 from now on. */
  compact(resource?: Resource<any>): void {
    const chosen = resource ? [this.serve(resource)] : this.served.values();
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
    const { collection, watchers } = this.serve(resource);
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
    );
  }

  /** Raises 409 AlreadyExists, 404 for a namespace that does not exist, 422 Invalid. */
  create<T extends KubernetesObject>(
    resource: Resource<T>,
    object: T | KubernetesObject,
    options: WriteOptions = {},
  ): T {
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
      resource,
      {
        ...object,
        metadata: metadataForCreate(resource, object, {
          name,
          uid: this.newUid(),
          creationTimestamp: timestamp(this.clock),
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
    const { resourceVersion } = object.metadata;
    const unconditional = !resourceVersion || resourceVersion === '0';
    if (resourceVersion && !/^\d+$/.test(resourceVersion)) {
      throw internalError(
        `strconv.ParseUint: parsing ${JSON.stringify(
          resourceVersion,
        )}: invalid syntax`,
      );
    }
    this.get(resource, object.metadata);
    if (unconditional && resource.custom) {
      throw invalid(
        { group: resource.group, kind: resource.plural },
        object.metadata.name,
        [
          {
            reason: 'FieldValueInvalid',
            message: 'Invalid value: 0: must be specified for an update',
            field: 'metadata.resourceVersion',
          },
        ],
      );
    }
    return this.replace(resource, object.metadata, object, options);
  }

  /** Applies a JSON merge patch (RFC 7386). A resourceVersion in the patch must be the current one (409). */
  mergePatch<T extends KubernetesObject>(
    resource: Resource<T>,
    key: ObjectKey,
    patch: object,
    options: UpdateOptions = {},
  ): T {
    const old = this.get(resource, key);
    return this.replace(resource, key, mergePatch(old, patch) as T, options);
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
    const metadata = {
      ...old.metadata,
      finalizers,
      deletionTimestamp: timestamp(this.clock),
      deletionGracePeriodSeconds: 0,
      ...(resource.custom
        ? { generation: (old.metadata.generation ?? 0) + 1 }
        : {}),
    };
    const marked = { ...old, metadata };
    return {
      removed: false,
      object: options.dryRun
        ? canonicalObject(resource, marked)
        : this.commit(resource, 'MODIFIED', marked, old),
    };
  }

  private serve(resource: Resource<any>): Served {
    const served = this.served.get(`${resource.group}/${resource.plural}`);
    if (!served) throw notFound(resource, '');
    return served;
  }

  private replace<T extends KubernetesObject>(
    resource: Resource<T>,
    key: ObjectKey,
    object: T,
    options: UpdateOptions,
  ): T {
    const old = this.get(resource, key);
    const result = replacement(resource, object, old, options);
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
    const { collection, watchers } = this.serve(resource);
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
