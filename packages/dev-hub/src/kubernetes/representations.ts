import {
  orderedMetadata,
  type KubernetesObject,
  type Resource,
} from '../objects';
import type { Representation } from './negotiation';
import { columnDefinitions, tableCells } from './table';

type Transform = NonNullable<Representation['as']>;
type IncludeObject = 'None' | 'Metadata' | 'Object';

/** Metadata of a list. */
export interface ListMeta {
  resourceVersion?: string;
  continue?: string;
  remainingItemCount?: number;
}

/** A stored object in the version that was asked for. */
export function inVersion(
  resource: Resource,
  object: KubernetesObject,
): KubernetesObject {
  return resource.conversion?.fromStorage(object) ?? object;
}

/** An object of a built-in list carries no kind; on its own it does. */
function listItem(
  resource: Resource,
  object: KubernetesObject,
): KubernetesObject {
  if (resource.custom) return object;
  const { kind: _kind, apiVersion: _apiVersion, ...rest } = object;
  return rest as KubernetesObject;
}

function apiVersionOf(resource: Resource): string {
  return resource.group
    ? `${resource.group}/${resource.version}`
    : resource.version;
}

/** `PartialObjectMetadata`: the object without anything but its metadata. */
export function partialMetadata(
  object: KubernetesObject,
  version: Transform['version'],
): KubernetesObject {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: `meta.k8s.io/${version}`,
    metadata: orderedMetadata(object.metadata),
  };
}

function rowObject(
  object: KubernetesObject,
  include: IncludeObject,
  version: Transform['version'],
): unknown {
  if (include === 'None') return null;
  return include === 'Object' ? object : partialMetadata(object, version);
}

/** A `Table` of some objects, as `kubectl get` asks for it. */
export function table(
  resource: Resource,
  objects: KubernetesObject[],
  metadata: ListMeta,
  options: {
    version: Transform['version'];
    now: number;
    include?: IncludeObject;
    /** False in all events of a watch but the first. */
    columns?: boolean;
  },
): object {
  return {
    kind: 'Table',
    apiVersion: `meta.k8s.io/${options.version}`,
    metadata,
    columnDefinitions:
      options.columns === false ? null : columnDefinitions(resource),
    rows: objects.map(object => ({
      cells: tableCells(resource, object, options.now),
      object: rowObject(object, options.include ?? 'Metadata', options.version),
    })),
  };
}

function includeOption(query: URLSearchParams): IncludeObject {
  const value = query.get('includeObject');
  return value === 'None' || value === 'Object' ? value : 'Metadata';
}

/** One object in the representation that was asked for. */
export function representObject(
  resource: Resource,
  stored: KubernetesObject,
  representation: Representation,
  query: URLSearchParams,
  now: number,
): object {
  const object = inVersion(resource, stored);
  const { as } = representation;
  if (!as) return object;
  if (as.kind === 'Table') {
    return table(
      resource,
      [object],
      { resourceVersion: object.metadata.resourceVersion },
      { version: as.version, now, include: includeOption(query) },
    );
  }
  return partialMetadata(object, as.version);
}

/** A list in the representation that was asked for. */
export function representList(
  resource: Resource,
  stored: KubernetesObject[],
  metadata: ListMeta,
  representation: Representation,
  query: URLSearchParams,
  now: number,
): object {
  const items = resource.conversion
    ? stored.map(object => inVersion(resource, object))
    : stored;
  const { as } = representation;
  if (as?.kind === 'Table') {
    return table(resource, items, metadata, {
      version: as.version,
      now,
      include: includeOption(query),
    });
  }
  if (as) {
    return {
      kind: 'PartialObjectMetadataList',
      apiVersion: `meta.k8s.io/${as.version}`,
      metadata,
      items: items.map(object => partialMetadata(object, as.version)),
    };
  }
  if (resource.custom) {
    const { continue: next, remainingItemCount, resourceVersion } = metadata;
    return {
      apiVersion: apiVersionOf(resource),
      items,
      kind: resource.listKind,
      metadata: {
        continue: next ?? '',
        ...(remainingItemCount !== undefined ? { remainingItemCount } : {}),
        resourceVersion,
      },
    };
  }
  return {
    kind: resource.listKind,
    apiVersion: apiVersionOf(resource),
    metadata,
    items: items.map(object => listItem(resource, object)),
  };
}

/** The object of a BOOKMARK event: a version, and on request the mark that all initial events were sent. */
export function bookmarkObject(
  resource: Resource,
  representation: Representation,
  resourceVersion: string,
  initialEventsEnd: boolean,
): object {
  const annotations = { 'k8s.io/initial-events-end': 'true' };
  const { as } = representation;
  const metadata = {
    resourceVersion,
    ...(initialEventsEnd ? { annotations } : {}),
  };
  if (as?.kind === 'PartialObjectMetadata') {
    return {
      kind: as.kind,
      apiVersion: `meta.k8s.io/${as.version}`,
      metadata,
    };
  }
  if (!resource.custom) {
    return {
      kind: resource.kind,
      apiVersion: apiVersionOf(resource),
      metadata,
    };
  }
  return {
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: initialEventsEnd
      ? { annotations, resourceVersion }
      : { resourceVersion },
  };
}
