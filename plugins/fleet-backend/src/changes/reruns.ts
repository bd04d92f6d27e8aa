import { ConflictError } from '@backstage/errors';
import type { Commit } from '@backstage-fleet/plugin-fleet-common';
import { CHANGE_TRAILER, RepositoryConfig } from '../git';

/** How often an intent is run again because somebody else moved the branch's head. */
const MOST_RERUNS = 5;
/**
 * How often it is run again whoever did. Where the head moved by another change of the fleet, that one has landed, so
 * the next turn is worth waiting for.
 */
const MOST_TURNS = 100;

/** How one waits before the next turn. */
export interface RerunOptions {
  /** Waits, in milliseconds. */
  sleep?: (milliseconds: number) => Promise<void>;
  random?: () => number;
}

/** Counts how often one change was overtaken on its branch, and says when it is given up. */
export class Reruns {
  readonly #config: RepositoryConfig;
  readonly #options: RerunOptions;
  #overtaken = 0;
  #byStrangers = 0;

  constructor(config: RepositoryConfig, options: RerunOptions) {
    this.#config = config;
    this.#options = options;
  }

  /** The head moved while the change was written. Waits, longer each time that strangers push: they do not wait for us. */
  async overtaken(): Promise<void> {
    const {
      sleep = ms => new Promise<void>(resolve => setTimeout(resolve, ms)),
      random = Math.random,
    } = this.#options;
    this.#overtaken += 1;
    await sleep(Math.round(100 * 2 ** this.#byStrangers * (0.5 + random())));
  }

  /**
   * The change is about to be written on this head.
   *
   * @throws `ConflictError` where it was overtaken too often
   */
  onto(head: Commit): void {
    if (this.#overtaken === 0) return;
    const isOfTheFleet = head.message?.includes(`\n${CHANGE_TRAILER}: `);
    if (!isOfTheFleet) this.#byStrangers += 1;
    if (this.#byStrangers > MOST_RERUNS || this.#overtaken > MOST_TURNS) {
      const { branch, url } = this.#config;
      throw new ConflictError(
        `${branch} of ${url} moved ${
          this.#overtaken
        } times while this change was written: try again. Nothing was written.`,
      );
    }
  }
}
