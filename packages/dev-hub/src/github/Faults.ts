import type { FileChanges } from '../git';

interface FaultMatch {
  /** HTTP method; any where absent. */
  method?: string;
  /** A regular expression on the path below the API root, `^/repos/acme/`; any where absent. */
  path?: string;
  /** Let this many matching requests through first. Default 0. */
  skip?: number;
  /** How often it strikes. Default 1. */
  times?: number;
}

/**
 * Something that goes wrong in the API on purpose.
 *
 * - `respond`: an error answer instead of the operation (`before`, the default) or after it was done (`after`), such as
 *   a 502 after a commit.
 * - `rate-limit`: GitHub's primary (403, `X-RateLimit-Remaining: 0`) or secondary (403 or 429, `Retry-After`) limit.
 * - `advance-head`: somebody else commits to the branch just before a request moves it.
 * - `delay`: the answer takes this long.
 *
 * @public
 */
export type Fault = FaultMatch &
  (
    | {
        kind: 'respond';
        status: number;
        message?: string;
        when?: 'before' | 'after';
      }
    | {
        kind: 'rate-limit';
        limit: 'primary' | 'secondary';
        /** Default 60. */
        retryAfterSeconds?: number;
      }
    | {
        kind: 'advance-head';
        /** `acme/fleet-gitops`; any where absent. */
        repository?: string;
        /** Any where absent. */
        branch?: string;
        /** What the other commit changes. Default: nothing, an empty commit. */
        changes?: FileChanges;
      }
    | { kind: 'delay'; milliseconds: number }
  );

/** @public */
export type FaultKind = Fault['kind'];

/**
 * The faults that are due. One object is shared by the API and whoever injects.
 *
 * @public
 */
export class Faults {
  #pending: Array<{ fault: Fault; skip: number; times: number }> = [];

  inject(...faults: Fault[]): void {
    for (const fault of faults) {
      this.#pending.push({
        fault,
        skip: fault.skip ?? 0,
        times: fault.times ?? 1,
      });
    }
  }

  clear(): void {
    this.#pending = [];
  }

  /** What has not struck yet. */
  list(): Fault[] {
    return this.#pending.map(({ fault, skip, times }) => ({
      ...fault,
      skip,
      times,
    }));
  }

  /** The first due fault of the kind that fits, which is thereby used up once. The path may be URL-encoded. */
  take<K extends FaultKind>(
    kind: K,
    request: { method: string; path: string },
    fits: (fault: Extract<Fault, { kind: K }>) => boolean = () => true,
  ): Extract<Fault, { kind: K }> | undefined {
    const path = decodePath(request.path);
    for (const entry of this.#pending) {
      const { fault } = entry;
      const matches =
        fault.kind === kind &&
        (!fault.method || fault.method.toUpperCase() === request.method) &&
        (!fault.path || new RegExp(fault.path).test(path)) &&
        fits(fault as Extract<Fault, { kind: K }>);
      if (!matches) {
        continue;
      }
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.times -= 1;
      if (entry.times <= 0) {
        this.#pending = this.#pending.filter(other => other !== entry);
      }
      return fault as Extract<Fault, { kind: K }>;
    }
    return undefined;
  }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
