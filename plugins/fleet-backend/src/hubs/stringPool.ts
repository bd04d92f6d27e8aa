/** Shorter ones are one string in V8 already; longer ones cost more to compare than they save. */
const LENGTHS = { from: 11, to: 16_384 };
/** Members whose values no other object has. */
const UNIQUE = new Set(['uid', 'name']);

/**
 * Makes equal texts of many objects one text in memory.
 *
 * @remarks
 * Applications repeat each other: repository, path, revision, values, labels, times of the same sync. `JSON.parse` makes
 * a new string of each. The pool forgets what was not seen for a generation, so it does not grow.
 */
export class StringPool {
  readonly #generation: number;
  #young = new Map<string, string>();
  #old = new Map<string, string>();

  /** @param generation - how many texts are remembered at least */
  constructor(generation = 20_000) {
    this.#generation = generation;
  }

  /** The same value with shared texts; objects and arrays are changed in place. */
  share<T>(value: T): T {
    if (typeof value === 'string') return this.#text(value) as T;
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        value[index] = this.share(value[index]);
      }
    } else if (typeof value === 'object' && value !== null) {
      const members = value as Record<string, unknown>;
      for (const key of Object.keys(members)) {
        if (!UNIQUE.has(key)) members[key] = this.share(members[key]);
      }
    }
    return value;
  }

  #text(text: string): string {
    if (text.length < LENGTHS.from || text.length > LENGTHS.to) return text;
    const known = this.#young.get(text);
    if (known !== undefined) return known;
    const shared = this.#old.get(text) ?? text;
    if (this.#young.size >= this.#generation) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(shared, shared);
    return shared;
  }
}
