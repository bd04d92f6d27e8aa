import { splitPair } from './applicationIndex';
import { ChangeRing } from './changeRing';
import type { RevisionEvent } from './fleetStoreOptions';
import { PendingRevision } from './pendingRevision';
import { RevisionCounter } from './revision';

/** Cells that a client may have missed and still be served a delta. */
const RING_SIZE = 20_000;

/**
 * Makes a revision of each change that somebody could see, tells of it, and remembers it for those who ask what is new.
 */
export class RevisionHistory {
  readonly #counter: RevisionCounter;
  readonly #ring: ChangeRing;
  readonly #listeners = new Set<(event: RevisionEvent) => void>();
  #axesRevision: number;

  constructor(counter = new RevisionCounter(), ringSize = RING_SIZE) {
    this.#counter = counter;
    this.#ring = new ChangeRing(ringSize);
    this.#axesRevision = counter.current;
  }

  get current(): number {
    return this.#counter.current;
  }

  /** Runs something that may touch much and makes at most one revision of it. */
  change(run: (pending: PendingRevision) => void) {
    const pending = new PendingRevision();
    run(pending);
    if (!pending.news) return;
    const revision = this.#counter.advance();
    if (pending.axes) this.#axesRevision = revision;
    for (const pair of pending.pairs) this.#ring.add(revision, pair);
    const { touched: applications, surroundings } = pending;
    const event = { revision, applications, surroundings };
    for (const listener of [...this.#listeners]) listener(event);
  }

  /** Calls back after each new revision. Returns what ends that. */
  onRevision(listener: (event: RevisionEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * The pairs that changed after a revision; `undefined` where a client has to take everything anew: the revision is not
   * of this copy, rows or columns changed since, or it is too long ago.
   */
  changedPairs(
    since: number,
  ): Array<[service: string, clusterId: string]> | undefined {
    if (!this.#counter.knows(since) || since < this.#axesRevision) {
      return undefined;
    }
    const pairs = this.#ring.since(since);
    return pairs && [...pairs].map(splitPair);
  }
}
