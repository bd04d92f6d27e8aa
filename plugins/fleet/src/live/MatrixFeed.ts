import { FleetApi } from '../api';
import { applyMatrixDelta } from '../matrix/applyMatrixDelta';
import { FleetMatrix } from '../matrix/matrix';

/** What the fleet page knows at one moment. */
export interface MatrixFeedState {
  matrix?: FleetMatrix;
  /** When entries last changed while the page was open, by entry: milliseconds since 1970. */
  changedAt: ReadonlyMap<number, number>;
  /** Why the last request failed; `undefined` after one that succeeded. */
  error?: unknown;
  /** When the backend last answered. */
  answeredAt?: number;
}

/**
 * Keeps a matrix current: the whole at first, then what changed since. Requests never overlap; a refresh during one
 * asks once more afterwards.
 */
export class MatrixFeed {
  readonly #api: Pick<FleetApi, 'getMatrix'>;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #state: MatrixFeedState = { changedAt: new Map() };
  #running?: Promise<void>;
  #again = false;

  constructor(
    api: Pick<FleetApi, 'getMatrix'>,
    now: () => number = () => Date.now(),
  ) {
    this.#api = api;
    this.#now = now;
  }

  readonly state = (): MatrixFeedState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Asks for what is new. Resolves when the page is current or the request failed; it never rejects.
   *
   * @param revision - the revision a signal named; nothing is asked where the page already has it
   */
  refresh(revision?: number): Promise<void> {
    const { matrix, error } = this.#state;
    if (
      revision !== undefined &&
      matrix?.revision === revision &&
      error === undefined &&
      !this.#running
    ) {
      return Promise.resolve();
    }
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    do {
      this.#again = false;
      try {
        await this.#ask();
      } catch (error) {
        this.#set({ ...this.#state, error });
      }
    } while (this.#again);
  }

  async #ask(): Promise<void> {
    const before = this.#state.matrix;
    let answer = await this.#api.getMatrix(before?.revision);
    let applied = applyMatrixDelta(before, answer);
    if (!applied) {
      // The delta does not fit, as after a restart of the backend.
      answer = await this.#api.getMatrix();
      applied = applyMatrixDelta(undefined, answer);
    }
    if (!applied) {
      throw new Error(
        'The fleet backend sent a matrix whose cells do not fit its services and clusters. Reload the page; if it stays so, update the fleet plugins together.',
      );
    }
    const now = this.#now();
    // Entries are positions on the axes, so they mean something else after a full answer.
    const changedAt = answer.full
      ? new Map<number, number>()
      : new Map(this.#state.changedAt);
    applied.changed.forEach(at => changedAt.set(at, now));
    this.#set({
      matrix: applied.matrix,
      changedAt,
      error: undefined,
      answeredAt: now,
    });
  }

  #set(state: MatrixFeedState): void {
    this.#state = state;
    this.#listeners.forEach(call => call());
  }
}
