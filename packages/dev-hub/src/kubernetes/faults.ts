/** What goes wrong with a request. */
export type Fault =
  /** The connection is closed without an answer, as when nothing listens. */
  | { kind: 'down' }
  /** The connection is reset. */
  | { kind: 'reset' }
  /** The answer comes late. */
  | { kind: 'slow'; milliseconds: number }
  /** The request is refused with this HTTP status. */
  | { kind: 'status'; code: 401 | 403 | 429 | 500 | 502 | 503 }
  /** Versions are gone: lists get 410, watches an ERROR event with 410. */
  | { kind: 'expired' }
  /** The connection stays open and nothing comes any more. */
  | { kind: 'silent' }
  /** The answer is no JSON: half of it is there, and then something else. */
  | { kind: 'garbage' }
  /** The connection ends in the middle of the answer. */
  | { kind: 'half-page' };

/** A fault and the requests that it strikes; parts that are left out match everything. */
export type FaultRule = Fault & {
  /** For example `list` and `watch`. */
  verbs?: string[];
  /** Plural names, for example `applications`. */
  resources?: string[];
  /** Strikes so many requests, then no more. */
  times?: number;
};

/** What a request is, for the choice of a fault. */
export interface FaultTarget {
  verb: string;
  /** Undefined for discovery and other paths. */
  resource?: string;
}

/**
 * The faults that the hub shows at present.
 *
 * @remarks
 * A rule strikes new requests; watches that are open when a rule is set are struck by it too.
 */
export class FaultPlan {
  private active: FaultRule[] = [];
  private readonly listeners = new Set<() => void>();

  get rules(): FaultRule[] {
    return this.active.map(rule => ({ ...rule }));
  }

  /** Replaces all rules. An empty list makes the hub healthy again. */
  set(rules: FaultRule[]): void {
    this.active = rules.map(rule => ({ ...rule }));
    for (const listener of [...this.listeners]) listener();
  }

  /** Called when rules were set; returns a function that ends this. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** The fault that strikes a request, if any; counts towards `times`. */
  strike(target: FaultTarget): Fault | undefined {
    const rule = this.active.find(
      candidate =>
        (!candidate.verbs || candidate.verbs.includes(target.verb)) &&
        (!candidate.resources ||
          (target.resource !== undefined &&
            candidate.resources.includes(target.resource))) &&
        candidate.times !== 0,
    );
    if (rule?.times !== undefined) rule.times -= 1;
    return rule;
  }
}
