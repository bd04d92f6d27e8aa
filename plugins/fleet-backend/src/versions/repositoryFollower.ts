import type { Commit } from '@backstage-fleet/plugin-fleet-common';
import type { RepositorySnapshot } from '@backstage-fleet/plugin-fleet-gitops';
import type { GitRepository } from '@backstage-fleet/plugin-fleet-node';
import type { RepositoryConfig } from '../git';
import { Clock, sleep } from '../hubs';

/** A branch that did not answer so often in a row is not known any more. */
const FAILURES_UNTIL_UNKNOWN = 3;
const LONGEST_WAIT_MS = 60_000;

/** The head of a repository's branch, as far as it is known. */
export interface BranchHead {
  commit: Commit;
  snapshot: RepositorySnapshot;
}

export interface RepositoryFollowerOptions {
  config: RepositoryConfig;
  pollSeconds: number;
  open: () => Promise<GitRepository>;
  clock: Clock;
  /** Called when the head moved, became known, or is not known any more. */
  onChange: () => void;
}

/**
 * Follows the head of a branch by asking, and at once when nudged.
 */
export class RepositoryFollower {
  readonly #options: RepositoryFollowerOptions;
  #head: BranchHead | undefined;
  #error: string | undefined;
  #failures = 0;
  #nudge = new AbortController();
  #repository: GitRepository | undefined;

  constructor(options: RepositoryFollowerOptions) {
    this.#options = options;
  }

  get config(): RepositoryConfig {
    return this.#options.config;
  }

  /** The head; `undefined` while it is not known. */
  get head(): BranchHead | undefined {
    return this.#failures < FAILURES_UNTIL_UNKNOWN ? this.#head : undefined;
  }

  /** What is wrong with reading the branch. */
  get error(): string | undefined {
    return this.#error;
  }

  /** The repository, once it was opened. */
  get repository(): GitRepository | undefined {
    return this.#repository;
  }

  /** Ask now: somebody knows that the branch moved. */
  nudge() {
    this.#nudge.abort();
  }

  /** Follows until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, pollSeconds } = this.#options;
    while (!signal.aborted) {
      this.#nudge = new AbortController();
      await this.#look();
      const wait = pollSeconds * 1000 * 2 ** Math.min(this.#failures, 5);
      await sleep(
        clock,
        Math.max(pollSeconds * 1000, Math.min(wait, LONGEST_WAIT_MS)),
        signal,
        this.#nudge.signal,
      );
    }
  }

  async #look(): Promise<void> {
    const { config, open, onChange } = this.#options;
    const before = this.head;
    try {
      this.#repository ??= await open();
      const commit = await this.#repository.resolve(config.branch);
      if (commit.sha !== this.#head?.commit.sha) {
        const { sha, files } = await this.#repository.snapshot(commit.sha);
        // ApplicationSets name the repository as it is configured.
        this.#head = { commit, snapshot: { url: config.url, sha, files } };
      }
      this.#failures = 0;
      this.#error = undefined;
    } catch (error) {
      this.#failures++;
      this.#error = (error as Error).message;
    }
    if (this.head !== before) onChange();
  }
}
