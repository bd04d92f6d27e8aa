export interface RateLimit {
  limit: number;
  used: number;
  remaining: number;
  /** Seconds since 1970. */
  reset: number;
}

const HOUR = 3600;

/** Counts requests per token in windows of an hour. */
export class RateLimiter {
  readonly #windows = new Map<string, { used: number; reset: number }>();

  constructor(
    private readonly limit: number,
    private readonly clock: () => Date,
  ) {}

  /** The limit after this request, or as it is now with `cost` 0. */
  use(key: string, cost: 0 | 1): RateLimit {
    const now = Math.floor(this.clock().getTime() / 1000);
    let window = this.#windows.get(key);
    if (!window || window.reset <= now) {
      window = { used: 0, reset: now + HOUR };
      this.#windows.set(key, window);
    }
    window.used += cost;
    return {
      limit: this.limit,
      used: window.used,
      remaining: Math.max(0, this.limit - window.used),
      reset: window.reset,
    };
  }
}

export function rateLimitHeaders(limit: RateLimit): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(limit.limit),
    'X-RateLimit-Remaining': String(limit.remaining),
    'X-RateLimit-Reset': String(limit.reset),
    'X-RateLimit-Used': String(limit.used),
    'X-RateLimit-Resource': 'core',
  };
}
