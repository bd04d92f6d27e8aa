/**
 * Remembers which pairs of service and cluster changed at which revision, the last so many of them.
 */
export class ChangeRing {
  readonly #entries: Array<{ revision: number; pair: string }>;
  #next = 0;
  /** Changes up to here may have been forgotten. */
  #floor = 0;

  constructor(private readonly capacity: number) {
    this.#entries = [];
  }

  add(revision: number, pair: string) {
    const forgotten = this.#entries[this.#next];
    if (forgotten) this.#floor = forgotten.revision;
    this.#entries[this.#next] = { revision, pair };
    this.#next = (this.#next + 1) % this.capacity;
  }

  /** Every pair that changed after a revision; `undefined` where not all of them are remembered. */
  since(revision: number): Set<string> | undefined {
    if (revision < this.#floor) return undefined;
    const pairs = new Set<string>();
    for (let step = 1; step <= this.#entries.length; step++) {
      const index = (this.#next - step + this.capacity) % this.capacity;
      const entry = this.#entries[index];
      if (!entry || entry.revision <= revision) break;
      pairs.add(entry.pair);
    }
    return pairs;
  }
}
