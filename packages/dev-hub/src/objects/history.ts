import type { WatchEvent } from './types';

/**
 * The latest changes of one resource, in order. Older ones are forgotten (compaction), so memory is bounded however
 * long the hub runs.
 */
export class History {
  private events: WatchEvent[] = [];
  private compacted: number;

  /** @param capacity - how many changes are kept at least */
  constructor(private readonly capacity: number, startVersion: number) {
    this.compacted = startVersion;
  }

  /** Changes up to this version are forgotten; it is the oldest version that a watch can start from. */
  get oldestVersion(): number {
    return this.compacted;
  }

  /** True when it holds no change. */
  get isEmpty(): boolean {
    return this.events.length === 0;
  }

  append(event: WatchEvent): void {
    this.events.push(event);
    // Dropping in portions keeps the cost of an append constant on average.
    if (this.events.length > this.capacity * 1.25) {
      this.drop(this.events.length - this.capacity);
    }
  }

  /** Changes after a version, oldest first. */
  after(resourceVersion: number): WatchEvent[] {
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.events[middle].resourceVersion <= resourceVersion) {
        low = middle + 1;
      } else high = middle;
    }
    return this.events.slice(low);
  }

  /** Forgets everything up to a version. */
  compact(resourceVersion: number): void {
    this.drop(this.events.length - this.after(resourceVersion).length);
    this.compacted = Math.max(this.compacted, resourceVersion);
  }

  private drop(count: number): void {
    if (count <= 0) return;
    this.compacted = this.events[count - 1].resourceVersion;
    this.events = this.events.slice(count);
  }
}
