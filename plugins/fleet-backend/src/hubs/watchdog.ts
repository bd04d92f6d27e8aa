import { Clock } from './clock';
import { SilenceError } from './problems';

/** Who spoke this recently is not silent. */
const RECENT_MS = 10_000;

/**
 * Ends a request that stays silent for too long.
 *
 * @remarks
 * A socket whose other end vanished tells nothing: without this, a page would stay green for ever.
 */
export class Watchdog {
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  #cancel: () => void = () => {};
  #heardAt: number;
  #answered = false;

  constructor(clock: Clock, parent: AbortSignal) {
    this.#clock = clock;
    this.#heardAt = clock.now();
    if (parent.aborted) this.#controller.abort();
    const abort = () => this.#controller.abort();
    parent.addEventListener('abort', abort);
    this.#controller.signal.addEventListener('abort', () =>
      parent.removeEventListener('abort', abort),
    );
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The request was answered, its body may follow. */
  answered() {
    this.#answered = true;
    this.heard();
  }

  /** Something came. */
  heard() {
    this.#heardAt = this.#clock.now();
  }

  /** Ends the request after some milliseconds, unless something came a moment before. */
  expect(withinMilliseconds: number) {
    this.#cancel();
    const armedAt = this.#clock.now();
    this.#cancel = this.#clock.setTimeout(() => {
      const silence = this.#clock.now() - this.#heardAt;
      if (this.#heardAt > armedAt && silence < RECENT_MS) {
        this.expect(RECENT_MS - silence);
        return;
      }
      const seconds = Math.round(silence / 1000);
      this.#controller.abort(new SilenceError(seconds, this.#answered));
    }, withinMilliseconds);
  }

  /** Runs with the watchdog; what ends it is what the watchdog or the parent said. */
  async guard<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await new Promise<T>((resolve, reject) => {
        const fail = () => reject(this.signal.reason);
        if (this.signal.aborted) fail();
        this.signal.addEventListener('abort', fail);
        run().then(resolve, reject);
      });
    } catch (error) {
      throw this.signal.aborted ? this.signal.reason : error;
    } finally {
      this.#cancel();
      // Ends the request, where it is still open, and lets go of the parent's signal.
      this.#controller.abort();
    }
  }
}
