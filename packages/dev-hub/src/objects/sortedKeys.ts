import { lowerBound } from './keys';

/**
 * Keys in order. Writing only notes what changed; reading brings the order up to date, so that creating many objects
 * one after the other costs no more than sorting them once.
 */
export class SortedKeys {
  private ordered: string[] = [];
  private added: string[] = [];
  private readonly removed = new Set<string>();

  add(key: string): void {
    if (this.removed.delete(key)) return;
    const last = this.ordered[this.ordered.length - 1];
    if (this.added.length === 0 && (last === undefined || last < key)) {
      this.ordered.push(key);
    } else {
      this.added.push(key);
    }
  }

  remove(key: string): void {
    this.removed.add(key);
  }

  /** All keys in order; changes with the next call after a write. */
  all(): string[] {
    if (this.added.length === 0 && this.removed.size === 0) return this.ordered;
    const added = this.added.sort((a, b) => (a < b ? -1 : 1));
    const merged: string[] = [];
    let position = 0;
    const take = (key: string) => {
      if (!this.removed.has(key)) merged.push(key);
    };
    for (const key of added) {
      const end = lowerBound(this.ordered, key);
      for (; position < end; position += 1) take(this.ordered[position]);
      take(key);
    }
    for (; position < this.ordered.length; position += 1) {
      take(this.ordered[position]);
    }
    this.ordered = merged;
    this.added = [];
    this.removed.clear();
    return merged;
  }
}
