/** How many replicas can be told apart. */
const REPLICAS = 1024;

/**
 * Counts the states of this replica's copy of the fleet.
 *
 * @remarks
 * Clients give a revision back (`?since=`) and must never get a delta from a copy that it does not belong to: another
 * replica's, or this one's before a restart. So it starts from the time in milliseconds, and its last digits are chance,
 * the same as long as the process lives. Within 2^53 until the year 2248.
 */
export class RevisionCounter {
  readonly #replica: number;
  readonly #first: number;
  #count: number;

  constructor(options: { now?: number; random?: number } = {}) {
    const { now = Date.now(), random = Math.random() } = options;
    this.#replica = Math.floor(random * REPLICAS);
    this.#first = now;
    this.#count = now;
  }

  get current(): number {
    return this.#count * REPLICAS + this.#replica;
  }

  advance(): number {
    this.#count++;
    return this.current;
  }

  /** Whether this counter gave the revision out. */
  knows(revision: number): boolean {
    const count = Math.floor(revision / REPLICAS);
    return (
      revision % REPLICAS === this.#replica &&
      count >= this.#first &&
      count <= this.#count
    );
  }
}
