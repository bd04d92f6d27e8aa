import type {
  KubernetesObject,
  ObjectMeta,
} from '@backstage-fleet/plugin-fleet-common';

export type { KubernetesObject, ObjectMeta };

/** Which object of a resource is meant; the metadata of an object is such a key. */
export interface ObjectKey {
  name: string;
  /** Left out for cluster-scoped resources. */
  namespace?: string;
}

/** One column of `kubectl get`, as `additionalPrinterColumns` of a CustomResourceDefinition writes it. */
export interface PrinterColumn {
  name: string;
  type: 'string' | 'integer' | 'date' | 'boolean';
  /** JSONPath of plain field steps, for example `.status.sync.status`. */
  jsonPath: string;
  /** Computes the cell where no path leads to it, as built-in kinds do. */
  value?: (object: KubernetesObject) => string | number;
  description?: string;
  /** Columns above 0 are printed only with `-o wide`. */
  priority?: number;
  format?: string;
}

/** One reason why an object was refused: `details.causes[]` of a Status. */
export interface StatusCause {
  reason: string;
  message: string;
  field: string;
}

/** What the store tells about an admitted object: the reasons to refuse it and warnings for the client. */
export interface AdmissionResult {
  causes: StatusCause[];
  warnings?: string[];
}

/** Another version in which a custom resource is served, and how objects get there from the stored version and back. */
export interface ServedVersion {
  name: string;
  fromStorage(object: KubernetesObject): KubernetesObject;
  toStorage(object: KubernetesObject): KubernetesObject;
}

/**
 * A kind of object that the API serves, and how it behaves.
 *
 * @remarks
 * `T` is the type of its objects for callers inside the process.
 */
export interface Resource<T extends KubernetesObject = KubernetesObject> {
  /** Empty for the core group. */
  group: string;
  version: string;
  plural: string;
  singular: string;
  kind: string;
  listKind: string;
  shortNames: string[];
  categories?: string[];
  namespaced: boolean;
  /**
   * Served from a CustomResourceDefinition. Such kinds differ from built-in ones in key order, lists, generation and
   * several error messages.
   */
  custom: boolean;
  /** Status is written through `/status` alone, and never raises the generation. */
  statusSubresource: boolean;
  columns: PrinterColumn[];
  /** Versions that are served besides `version`, the one that objects are stored in. */
  otherVersions?: ServedVersion[];
  /** Set where a request came for another version than the stored one. */
  conversion?: ServedVersion;
  /** Field selectors beyond metadata.name and metadata.namespace, as dotted paths. */
  selectableFields?: string[];
  /** Changes an object before it is checked and stored, for example `stringData` of a Secret. */
  prepare?: (object: KubernetesObject) => KubernetesObject;
  /** Checks beyond metadata. `old` is given on updates. */
  admit?: (object: KubernetesObject, old?: KubernetesObject) => AdmissionResult;
  /** Never set: ties `T` to the resource. */
  readonly objectType?: T;
}

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** A change, as a watch reports it. Objects are frozen and shared: never change them in place. */
export interface WatchEvent<T extends KubernetesObject = KubernetesObject> {
  type: WatchEventType;
  object: T;
  /** The object before the change; absent for ADDED. For callers inside the process only. */
  previous?: T;
  /** The version at which it happened. */
  resourceVersion: number;
}

/** Narrows a list or watch. */
export interface ObjectFilter {
  /** All namespaces when left out. */
  namespace?: string;
  /** In the syntax of the API: `env in (prod,staging),!legacy`. */
  labelSelector?: string;
  /** In the syntax of the API: `metadata.name=x`. */
  fieldSelector?: string;
}

export interface WatchOptions extends ObjectFilter {
  /**
   * Replay changes after this version first; raises 410 Expired when the history no longer holds them. Left out: begin
   * with an ADDED for every object that exists.
   */
  resourceVersion?: number;
  /** Called when the watch ends by itself, because its resource is no longer served. */
  onEnd?: () => void;
}

export interface ListOptions extends ObjectFilter {
  /** At most so many items. */
  limit?: number;
  /** Start at the first key that is not less than this one (`namespace/name`). */
  startKey?: string;
  /** Read the state as it was at this version; raises 410 Expired when the history no longer reaches back. */
  resourceVersion?: number;
}

export interface ObjectList<T extends KubernetesObject = KubernetesObject> {
  items: T[];
  resourceVersion: number;
  /** Key to go on from, when `limit` cut the list. */
  nextKey?: string;
  /** How many are left after this page; undefined with selectors. */
  remainingItemCount?: number;
}

export interface WriteOptions {
  /** Check and answer, but store nothing. */
  dryRun?: boolean;
  /** Receives warnings that a client should see. */
  onWarning?: (message: string) => void;
  /** Who writes, for `metadata.managedFields`. */
  fieldManager?: string;
  /** Takes the place of `metadata.managedFields`. */
  managedFields?: object[];
}

export interface UpdateOptions extends WriteOptions {
  /** Write only `status` (true) of a resource with a status subresource; otherwise everything but status. */
  status?: boolean;
}

export interface ApplyOptions extends UpdateOptions {
  fieldManager: string;
  /** Take over fields of other managers that differ. */
  force: boolean;
  subresource?: string;
}

export interface RemoveOptions extends WriteOptions {
  preconditions?: { uid?: string; resourceVersion?: string };
  propagationPolicy?: 'Foreground' | 'Background' | 'Orphan';
}

/** What {@link ObjectStore.remove} did. */
export interface RemoveResult<T extends KubernetesObject = KubernetesObject> {
  /** False while finalizers hold the object. */
  removed: boolean;
  object: T;
}
