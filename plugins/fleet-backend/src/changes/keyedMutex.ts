import pLimit, { LimitFunction } from 'p-limit';

/** Runs tasks with the same key one after the other, in the order they came. */
export class KeyedMutex {
  readonly #limits = new Map<string, LimitFunction>();

  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const limit = this.#limits.get(key) ?? pLimit(1);
    this.#limits.set(key, limit);
    try {
      return await limit(task);
    } finally {
      if (limit.activeCount + limit.pendingCount === 0) {
        this.#limits.delete(key);
      }
    }
  }
}
