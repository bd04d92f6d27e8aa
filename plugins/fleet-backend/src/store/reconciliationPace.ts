/** Argo CD's default: 120 s and up to 60 s by chance (`timeout.reconciliation`, `timeout.reconciliation.jitter`). */
const USUAL_SECONDS = 180;
/** So many intervals make a habit. */
const ENOUGH = 20;
const REMEMBERED = 200;
/** Before it is this late, nobody needs to know. */
const SHORTEST_LATE_MS = 10 * 60_000;
const LATE_INTERVALS = 3;

/**
 * How often the Argo CD of a hub usually compares an Application with Git, learned from what it does.
 */
export class ReconciliationPace {
  readonly #intervals: number[] = [];
  #next = 0;
  #late: number | undefined;

  /**
   * @param configured - seconds between two comparisons where the hub's configuration says it, 0 where Argo CD compares
   * only when something changes (`timeout.reconciliation: 0s`); default: learned
   */
  constructor(private readonly configured?: number) {}

  /** An Application that was compared at one time and then at another, as ISO 8601. */
  observe(before: string | undefined, after: string | undefined) {
    if (!before || !after || before === after) return;
    const interval = Date.parse(after) - Date.parse(before);
    if (!(interval > 0)) return;
    this.#intervals[this.#next] = interval;
    this.#next = (this.#next + 1) % REMEMBERED;
    this.#late = undefined;
  }

  /** Milliseconds between two comparisons: nine of ten come sooner. */
  get usual(): number {
    if (this.configured) return this.configured * 1000;
    if (this.#intervals.length < ENOUGH) return USUAL_SECONDS * 1000;
    const sorted = [...this.#intervals].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length * 0.9)];
  }

  /** Milliseconds after which a comparison is overdue; infinite where none is made without a change. */
  get late(): number {
    if (this.configured === 0) return Infinity;
    this.#late ??= Math.max(SHORTEST_LATE_MS, LATE_INTERVALS * this.usual);
    return this.#late;
  }
}
