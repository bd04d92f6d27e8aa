import { LoggerService } from '@backstage/backend-plugin-api';
import type { GitRepositories } from '../git';
import type { ChangeJournal } from './journal';
import { nextProgress } from './progress/nextProgress';
import { withStage } from './stages';
import type { ChangeRecord, FleetView } from './types';

/** What the tracker works with. */
export interface ChangeTrackerOptions {
  journal: ChangeJournal;
  repositories: GitRepositories;
  view?: FleetView;
  /** Called after each step that was journaled. */
  onChange(id: string): void;
  /** Called once, by the replica that journaled it, when a change has come to its next stage. */
  onNextStage?(id: string): void;
  /** Brings an open pull request up to date with its base. */
  refresh?(id: string): Promise<void>;
  logger: LoggerService;
  now?: () => Date;
}

/**
 * Follows written changes to their end: pull requests by asking the Git host, Applications by the fleet's revisions.
 *
 * Several replicas may do so at once: a step counts for the one that journals it first.
 */
export class ChangeTracker {
  readonly #options: ChangeTrackerOptions;
  readonly #now: () => Date;
  /** When a pull request was last asked for, by change. */
  readonly #asked = new Map<string, number>();
  /** Why a change cannot be followed at present, by change. */
  readonly #failing = new Map<string, string>();
  #running: Promise<void> | undefined;
  #again = false;

  constructor(options: ChangeTrackerOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** Follows the fleet's revisions until the returned function is called. */
  start(): () => void {
    return (
      this.#options.view?.onRevision(() => void this.follow()) ?? (() => {})
    );
  }

  /** Looks at the fleet for every change that is on its branch. Calls during a run are answered by one more run. */
  async follow(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#running = (async () => {
      do {
        this.#again = false;
        await this.#followAll();
      } while (this.#again);
    })().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /**
   * Asks for the pull requests whose turn it is: a new one every 10 s, an old one every few minutes.
   *
   * @param repository - Ask for all of this repository now, because its branch moved.
   */
  async pollPullRequests(repository?: string): Promise<void> {
    const changes = await this.#options.journal.following();
    for (const change of changes) {
      if (change.state !== 'proposed' || !change.pullRequest) continue;
      const due =
        repository === undefined
          ? this.#isDue(change)
          : change.repository === repository;
      if (!due) continue;
      this.#asked.set(change.id, this.#now().getTime());
      await this.#contained(change, () => this.#pollPullRequest(change));
    }
    await this.follow();
  }

  async #pollPullRequest(change: ChangeRecord): Promise<void> {
    const { repositories, journal, onChange } = this.#options;
    const config = repositories.config(change.repository);
    const repository = await repositories.open(config);
    const { mergeCommit, ...pullRequest } = await repository.pullRequest(
      change.pullRequest!.number,
    );
    if (pullRequest.state === 'open') {
      await this.#options.refresh?.(change.id);
      return;
    }
    const name = `Pull request #${pullRequest.number}`;
    const advanced =
      pullRequest.state === 'merged'
        ? await journal.advance(
            change.id,
            'proposed',
            withStage(change, {
              state: 'merged',
              pullRequest,
              commit: mergeCommit
                ? await repository.commit(mergeCommit)
                : change.commit,
            }),
            {
              state: 'merged',
              message: `${name} was merged into ${config.branch}`,
              url: pullRequest.url,
            },
          )
        : await journal.advance(
            change.id,
            'proposed',
            {
              ...withStage(change, { state: 'stopped', pullRequest }),
              step: 'done',
            },
            {
              state: 'stopped',
              message: `${name} was closed without a merge`,
              url: pullRequest.url,
            },
          );
    this.#asked.delete(change.id);
    if (advanced) onChange(change.id);
  }

  async #followAll(): Promise<void> {
    const { journal, view, repositories, onChange } = this.#options;
    for (const change of await journal.following()) {
      if (change.state === 'proposed') continue;
      await this.#contained(change, async () => {
        const { hubs } = repositories.config(change.repository);
        const progress = nextProgress(
          change,
          {
            live: view?.live(hubs) ?? false,
            deployment: application => view?.deployment(hubs, application),
            deploymentsOn: name => view?.deploymentsOn?.(hubs, name) ?? [],
            cluster: name => view?.cluster?.(hubs, name),
            hasObject: object => view?.hasObject?.(hubs, object),
          },
          this.#now(),
        );
        if (!progress) return;
        const { from, patch, entry } = progress;
        if (await journal.advance(change.id, from, patch, entry)) {
          onChange(change.id);
          if (patch.step === 'write') this.#options.onNextStage?.(change.id);
        }
      });
    }
  }

  /** One change that cannot be followed does not stop the others. */
  async #contained(
    change: ChangeRecord,
    task: () => Promise<void>,
  ): Promise<void> {
    const { logger } = this.#options;
    try {
      await task();
      if (this.#failing.delete(change.id)) {
        logger.info(`Change ${change.id} is followed again`);
      }
    } catch (error) {
      const { message } = error as Error;
      // The same is tried again every few seconds; it is said once.
      if (this.#failing.get(change.id) === message) return;
      this.#failing.set(change.id, message);
      logger.warn(`Change ${change.id} cannot be followed: ${message}`);
    }
  }

  #isDue(change: ChangeRecord): boolean {
    const now = this.#now().getTime();
    const age = now - change.updatedAt.getTime();
    const interval = Math.min(Math.max(age / 60, 10_000), 10 * 60_000);
    return now - (this.#asked.get(change.id) ?? 0) >= interval;
  }
}
