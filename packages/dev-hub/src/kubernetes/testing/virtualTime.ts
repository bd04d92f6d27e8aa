import type { Clock } from '../../objects';
import type { Timers } from '../timers';

interface Scheduled {
  at: number;
  run: () => void;
}

/** Time that stands still until it is moved: a clock and the timers that go with it. */
export class VirtualTime implements Clock, Timers {
  private scheduled: Scheduled[] = [];

  /** @param current - milliseconds since the epoch */
  constructor(private current = Date.UTC(2026, 0, 2, 3, 4, 5)) {}

  now(): number {
    return this.current;
  }

  after(milliseconds: number, run: () => void): () => void {
    const entry = { at: this.current + milliseconds, run };
    this.scheduled.push(entry);
    return () => {
      this.scheduled = this.scheduled.filter(other => other !== entry);
    };
  }

  /** True while something waits for time to pass. */
  get waiting(): boolean {
    return this.scheduled.length > 0;
  }

  /** Lets time pass, running what becomes due in order. */
  advance(milliseconds: number): void {
    const end = this.current + milliseconds;
    for (;;) {
      const [next] = this.scheduled
        .filter(entry => entry.at <= end)
        .sort((a, b) => a.at - b.at);
      if (!next) break;
      this.scheduled = this.scheduled.filter(entry => entry !== next);
      this.current = Math.max(this.current, next.at);
      next.run();
    }
    this.current = end;
  }
}
