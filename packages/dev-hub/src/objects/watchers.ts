import type { ObjectPredicate } from './selectors';
import type { KubernetesObject, WatchEvent } from './types';

export type WatchListener<T extends KubernetesObject = KubernetesObject> = (
  event: WatchEvent<T>,
) => void;

interface Watcher {
  matches: ObjectPredicate;
  listener: WatchListener;
  onEnd?: () => void;
  /** Changes up to this version were delivered. */
  seen: number;
}

/**
 * A change as somebody sees it who looks through a selector: an object that comes into view is ADDED; one that leaves
 * it is DELETED, as it was before but with the version of the change.
 */
export function throughSelector(
  event: WatchEvent,
  matches: ObjectPredicate,
): WatchEvent | undefined {
  const { object, previous } = event;
  const before = previous !== undefined && matches(previous);
  const now = event.type !== 'DELETED' && matches(object);
  if (now) {
    if (before || event.type === 'ADDED') return event;
    return { ...event, type: 'ADDED', previous: undefined };
  }
  if (!before) return undefined;
  if (event.type === 'DELETED') return event;
  return {
    ...event,
    type: 'DELETED',
    object: {
      ...previous,
      metadata: {
        ...previous.metadata,
        resourceVersion: String(event.resourceVersion),
      },
    },
  };
}

/** The watchers of one resource. Changes made by a listener are delivered after the one it was called for. */
export class Watchers {
  private readonly watchers = new Set<Watcher>();
  private readonly queue: WatchEvent[] = [];
  private delivering = false;

  constructor(private readonly onListenerError: (error: unknown) => void) {}

  get size(): number {
    return this.watchers.size;
  }

  /** @returns a function that ends the watch */
  add(
    matches: ObjectPredicate,
    listener: WatchListener,
    replay: WatchEvent[],
    seen: number,
    onEnd?: () => void,
  ): () => void {
    const watcher: Watcher = { matches, listener, seen, onEnd };
    this.watchers.add(watcher);
    for (const event of replay) this.deliver(watcher, event);
    return () => {
      this.watchers.delete(watcher);
    };
  }

  /** Ends all watches. */
  end(): void {
    const ended = [...this.watchers];
    this.watchers.clear();
    for (const { onEnd } of ended) onEnd?.();
  }

  publish(event: WatchEvent): void {
    this.queue.push(event);
    if (this.delivering) return;
    this.delivering = true;
    try {
      for (
        let next = this.queue.shift();
        next !== undefined;
        next = this.queue.shift()
      ) {
        for (const watcher of this.watchers) {
          if (next.resourceVersion > watcher.seen) {
            watcher.seen = next.resourceVersion;
            this.deliver(watcher, next);
          }
        }
      }
    } finally {
      this.delivering = false;
    }
  }

  private deliver(watcher: Watcher, event: WatchEvent): void {
    if (!this.watchers.has(watcher)) return;
    const seen = throughSelector(event, watcher.matches);
    if (!seen) return;
    try {
      watcher.listener(seen);
    } catch (error) {
      // A writer must not fail because of somebody who watches.
      this.onListenerError(error);
    }
  }
}
