/** Leaves most of a turn to requests; a list is still read as fast as it comes. */
const SLICE_MS = 8;

export interface TimeSlicesOptions {
  /** Milliseconds of work in one turn of the event loop; what was begun is ended. */
  milliseconds?: number;
  /** Milliseconds from any moment on. */
  now?: () => number;
  /** Calls back in the next turn, after the requests that wait. */
  nextTurn?: (callback: () => void) => void;
}

/**
 * Shares the time of the event loop among all who work through what hubs send.
 *
 * @remarks
 * In one turn of the event loop, Node.js reads up to 2 MB from each socket. Whoever parses that at once holds requests up
 * for 30 ms, and ten hubs that are listed together for 300 ms. So parsing is done in small pieces, in the order in which
 * they came, and as soon as a turn has had its share the others wait for the next one; meanwhile their sockets are not
 * read, so that nothing piles up in memory.
 */
export class TimeSlices {
  readonly #milliseconds: number;
  readonly #now: () => number;
  readonly #nextTurn: (callback: () => void) => void;
  readonly #waiting: Array<() => void> = [];
  /** Milliseconds worked in this turn. */
  #spent = 0;
  #working = false;
  #turnEnds = false;

  constructor(options: TimeSlicesOptions = {}) {
    this.#milliseconds = options.milliseconds ?? SLICE_MS;
    this.#now = options.now ?? (() => performance.now());
    this.#nextTurn = options.nextTurn ?? (callback => setImmediate(callback));
  }

  /** Does a piece of work that takes a few milliseconds at most, now or in one of the next turns. */
  run<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
      this.#work();
    });
  }

  #work() {
    // A piece of work that leads to another one at once, which has to wait for its place.
    if (this.#working) return;
    this.#working = true;
    while (this.#waiting.length > 0 && this.#spent < this.#milliseconds) {
      const began = this.#now();
      this.#waiting.shift()!();
      this.#spent += this.#now() - began;
    }
    this.#working = false;
    if (this.#turnEnds) return;
    this.#turnEnds = true;
    this.#nextTurn(() => {
      this.#turnEnds = false;
      this.#spent = 0;
      if (this.#waiting.length > 0) this.#work();
    });
  }
}

/** What every hub of this process shares. */
export const processSlices = new TimeSlices();

/** Parts of a list, each small enough for one piece of work. */
export function* inParts<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) {
    yield items.slice(at, at + size);
  }
}
