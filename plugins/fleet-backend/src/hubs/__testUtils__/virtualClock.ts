import type { Clock } from '../clock';

/** Lets everything that is ready run: streams take several turns of the event loop. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

/** A clock that a test turns. */
export class VirtualClock implements Clock {
  #now = Date.parse('2026-01-01T00:00:00Z');
  #timers: Array<{ at: number; callback: () => void }> = [];

  now(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, milliseconds: number): () => void {
    const timer = { at: this.#now + milliseconds, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter(other => other !== timer);
    };
  }

  /** Timers that wait. */
  get waiting(): number {
    return this.#timers.length;
  }

  /** Lets time pass; what becomes due runs in order, with everything that follows from it. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settle();
    for (;;) {
      const [next] = [...this.#timers].sort((a, b) => a.at - b.at);
      if (!next || next.at > end) break;
      this.#timers = this.#timers.filter(timer => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
      await settle();
    }
    this.#now = end;
  }

  /** Lets seconds pass until something holds; fails where it takes more of them than the bound. */
  async until(seconds: number, holds: () => boolean): Promise<void> {
    for (let waited = 0; !holds(); waited++) {
      if (waited >= seconds) throw new Error(`${holds} took over ${seconds} s`);
      await this.advance(1_000);
    }
  }
}
