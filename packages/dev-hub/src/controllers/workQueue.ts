import type { Clock } from '../clock';

/**
 * Keys to reconcile, one at a time, each at most once in the queue; as client-go's work queue, without its rate limits.
 */
export class WorkQueue {
  readonly #pending = new Set<string>();
  readonly #delayed = new Map<string, { due: number; cancel: () => void }>();
  readonly #reconcile: (key: string) => Promise<void>;
  readonly #clock: Clock;
  readonly #onError: (key: string, error: unknown) => void;
  #running?: Promise<void>;
  #stopped = false;

  constructor(options: {
    clock: Clock;
    reconcile: (key: string) => Promise<void>;
    onError: (key: string, error: unknown) => void;
  }) {
    this.#clock = options.clock;
    this.#reconcile = options.reconcile;
    this.#onError = options.onError;
  }

  add(key: string): void {
    if (this.#stopped) return;
    this.#pending.add(key);
    this.#running ??= this.#work();
  }

  /** Adds the key later, or at the earlier time where it is to be added later already; never after `Infinity`. */
  addAfter(key: string, milliseconds: number): void {
    if (this.#stopped || milliseconds === Infinity) return;
    const due = this.#clock.now().getTime() + milliseconds;
    const planned = this.#delayed.get(key);
    if (planned && planned.due <= due) return;
    planned?.cancel();
    const cancel = this.#clock.after(milliseconds, () => {
      this.#delayed.delete(key);
      this.add(key);
    });
    this.#delayed.set(key, { due, cancel });
  }

  /** Resolves when nothing is queued and nothing is being reconciled. What is planned for later does not count. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  get isIdle(): boolean {
    return this.#running === undefined;
  }

  stop(): void {
    this.#stopped = true;
    this.#pending.clear();
    for (const { cancel } of this.#delayed.values()) cancel();
    this.#delayed.clear();
  }

  async #work(): Promise<void> {
    // Callers that add several keys in one go see them reconciled after they are done.
    await Promise.resolve();
    while (this.#pending.size > 0) {
      const [key] = this.#pending;
      this.#pending.delete(key);
      try {
        await this.#reconcile(key);
      } catch (error) {
        this.#onError(key, error);
      }
    }
    this.#running = undefined;
  }
}
