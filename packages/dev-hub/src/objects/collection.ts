import { History } from './history';
import { lowerBound, storageKey } from './keys';
import { SortedKeys } from './sortedKeys';
import { parseFilter, type ObjectPredicate } from './selectors';
import { expired } from './status';
import type {
  KubernetesObject,
  ListOptions,
  ObjectList,
  Resource,
  WatchEvent,
} from './types';

/** A reader of past or present state. */
interface View {
  keys: string[];
  get(key: string): KubernetesObject | undefined;
}

/** The objects of one resource with their recent history. Writing costs the same however many objects there are. */
export class Collection {
  private readonly objects = new Map<string, KubernetesObject>();
  private readonly keys = new SortedKeys();
  readonly history: History;

  constructor(
    /** Replaced when its definition changes. */
    public resource: Resource,
    historyCapacity: number,
    startVersion: number,
  ) {
    this.history = new History(historyCapacity, startVersion);
  }

  get(key: string): KubernetesObject | undefined {
    return this.objects.get(key);
  }

  get size(): number {
    return this.objects.size;
  }

  /** Takes a change into state and history. */
  apply(event: WatchEvent): void {
    const key = storageKey(this.resource, event.object.metadata);
    if (event.type === 'DELETED') {
      this.objects.delete(key);
      this.keys.remove(key);
    } else {
      if (!this.objects.has(key)) this.keys.add(key);
      this.objects.set(key, event.object);
    }
    this.history.append(event);
  }

  list(options: ListOptions, currentVersion: number): ObjectList {
    const matches = parseFilter(this.resource, options);
    const selective = Boolean(options.labelSelector || options.fieldSelector);
    const version = options.resourceVersion ?? currentVersion;
    const view = this.viewAt(version, currentVersion);
    const [start, end] = this.range(view.keys, options);
    return this.page(view, start, end, matches, selective, {
      limit: options.limit,
      version,
    });
  }

  private page(
    view: View,
    start: number,
    end: number,
    matches: ObjectPredicate,
    selective: boolean,
    { limit, version }: { limit?: number; version: number },
  ): ObjectList {
    const items: KubernetesObject[] = [];
    for (let index = start; index < end; index += 1) {
      const object = view.get(view.keys[index]);
      if (object && matches(object)) {
        if (limit && items.length === limit) {
          const last = items[limit - 1];
          return {
            items,
            resourceVersion: version,
            nextKey: `${storageKey(this.resource, last.metadata)}\u0000`,
            remainingItemCount: selective ? undefined : end - index,
          };
        }
        items.push(object);
      }
    }
    return { items, resourceVersion: version };
  }

  private range(keys: string[], options: ListOptions): [number, number] {
    const prefix =
      options.namespace !== undefined && this.resource.namespaced
        ? `${options.namespace}/`
        : '';
    const from =
      prefix && (options.startKey ?? '') < prefix
        ? prefix
        : options.startKey ?? '';
    // '0' follows '/' in ASCII, so this bound ends the namespace.
    const end = prefix
      ? lowerBound(keys, `${options.namespace}0`)
      : keys.length;
    return [lowerBound(keys, from), end];
  }

  /** State as it was at a version, by taking back the changes since. */
  private viewAt(version: number, currentVersion: number): View {
    const current: View = {
      keys: this.keys.all(),
      get: key => this.objects.get(key),
    };
    if (version >= currentVersion) return current;
    if (version < this.history.oldestVersion) {
      throw expired('The resourceVersion for the provided list is too old.');
    }
    const before = new Map<string, KubernetesObject | undefined>();
    for (const event of this.history.after(version)) {
      const key = storageKey(this.resource, event.object.metadata);
      if (!before.has(key)) before.set(key, event.previous);
    }
    // Keys must be exact for remainingItemCount: those created since are left out, those deleted since come back.
    const created = [...before.keys()].filter(
      key => before.get(key) === undefined,
    );
    const deleted = [...before.keys()].filter(
      key => before.get(key) !== undefined && !this.objects.has(key),
    );
    let { keys } = current;
    if (created.length + deleted.length > 0) {
      keys = keys.filter(
        key => !before.has(key) || before.get(key) !== undefined,
      );
      keys.push(...deleted);
      keys.sort((a, b) => (a < b ? -1 : 1));
    }
    return {
      keys,
      get: key => (before.has(key) ? before.get(key) : this.objects.get(key)),
    };
  }
}
