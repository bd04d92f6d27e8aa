import { Collection } from './collection';
import { notFound } from './status';
import type { Resource } from './types';
import { Watchers } from './watchers';

/** A resource that is served: its objects and those who watch them. */
export interface Served {
  collection: Collection;
  watchers: Watchers;
  /** The resource as its other versions see it, by version. */
  views: Map<string, Resource>;
}

/** What became of a resource. */
export type ResourceChange = 'served' | 'removed';

function groupPlural(resource: Pick<Resource, 'group' | 'plural'>): string {
  return `${resource.group}/${resource.plural}`;
}

/** The resources of an {@link ObjectStore}; some come and go while it runs, as their definitions do. */
export class ResourceRegistry {
  private readonly served = new Map<string, Served>();
  private readonly listeners = new Set<
    (resource: Resource, change: ResourceChange) => void
  >();

  constructor(
    private readonly options: {
      historyCapacity: number;
      onListenerError: (error: unknown) => void;
    },
  ) {}

  /** Serves a resource from now on; with the same group and plural again, only its definition is replaced. */
  add(resource: Resource<any>, startVersion: number): void {
    const known = this.served.get(groupPlural(resource));
    if (known) {
      known.collection.resource = resource;
      known.views.clear();
      return;
    }
    this.served.set(groupPlural(resource), {
      collection: new Collection(
        resource,
        this.options.historyCapacity,
        startVersion,
      ),
      watchers: new Watchers(this.options.onListenerError),
      views: new Map(),
    });
    for (const listener of [...this.listeners]) listener(resource, 'served');
  }

  /** Ends the watches of a resource and forgets it. */
  remove(resource: Resource<any>): void {
    const served = this.served.get(groupPlural(resource));
    if (!served) return;
    this.served.delete(groupPlural(resource));
    served.watchers.end();
    for (const listener of [...this.listeners]) listener(resource, 'removed');
  }

  /** Hears of resources that come and go; returns a function that ends this. */
  onChange(
    listener: (resource: Resource, change: ResourceChange) => void,
  ): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** Raises 404 for a resource that is not served. */
  get(resource: Pick<Resource<any>, 'group' | 'plural'>): Served {
    const served = this.served.get(groupPlural(resource));
    if (!served) throw notFound(resource, '');
    return served;
  }

  all(): Served[] {
    return [...this.served.values()];
  }

  /** The resource that a path names, in the version that it names. */
  find(group: string, version: string, plural: string): Resource | undefined {
    const served = this.served.get(groupPlural({ group, plural }));
    const resource = served?.collection.resource;
    if (!served || !resource) return undefined;
    if (resource.version === version) return resource;
    const other = resource.otherVersions?.find(({ name }) => name === version);
    if (!other) return undefined;
    const view = served.views.get(version) ?? {
      ...resource,
      version,
      conversion: other,
    };
    served.views.set(version, view);
    return view;
  }
}
