import { type Clock, systemClock } from './clock';

interface Timer {
  due: number;
  callback: () => void;
  cancel?: () => void;
}

/**
 * A clock that is moved by hand, so that months of history pass in a moment, and that then runs with the machine's time.
 */
export class ReplayClock implements Clock {
  readonly #timers = new Set<Timer>();
  #current: number;
  #live = false;

  constructor(start: Date) {
    this.#current = start.getTime();
  }

  now(): Date {
    return this.#live ? systemClock.now() : new Date(this.#current);
  }

  /** Whether time is the machine's. */
  get isLive(): boolean {
    return this.#live;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer: Timer = {
      due: this.now().getTime() + Math.max(0, milliseconds),
      callback,
    };
    this.#timers.add(timer);
    if (this.#live) this.#arm(timer);
    return () => {
      timer.cancel?.();
      this.#timers.delete(timer);
    };
  }

  /**
   * Moves time forward, firing what is due on the way in its order.
   *
   * @param settle - resolves when nothing works any more on what a timer started
   */
  async advanceTo(end: Date, settle: () => Promise<void>): Promise<void> {
    if (this.#live) throw new Error('The clock runs with the machine already.');
    for (;;) {
      await settle();
      const next = this.#earliest();
      if (!next || next.due > end.getTime()) break;
      this.#timers.delete(next);
      this.#current = Math.max(this.#current, next.due);
      next.callback();
    }
    this.#current = Math.max(this.#current, end.getTime());
  }

  /** From now on, time is the machine's. What is overdue fires at once. */
  goLive(): void {
    if (this.#live) return;
    this.#live = true;
    for (const timer of this.#timers) this.#arm(timer);
  }

  #arm(timer: Timer) {
    timer.cancel = systemClock.after(
      Math.max(0, timer.due - systemClock.now().getTime()),
      () => {
        this.#timers.delete(timer);
        timer.callback();
      },
    );
  }

  #earliest(): Timer | undefined {
    let earliest: Timer | undefined;
    for (const timer of this.#timers) {
      if (!earliest || timer.due < earliest.due) earliest = timer;
    }
    return earliest;
  }
}
