import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Repository } from '@backstage-fleet/plugin-fleet-common';
import {
  indexRepository,
  layoutOf,
  normalizeRepositoryUrl,
  type RepositoryLookup,
  type RepositorySnapshot,
  listBlueprints,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { GitRepositories, RepositoryConfig } from '../git';
import type { Clock } from '../hubs';
import type { ClusterEntry } from '../store';
import { RepositoryFollower } from './repositoryFollower';

const DEFAULT_POLL_SECONDS = 15;

/**
 * The heads of all configured repositories.
 */
export class FollowedRepositories {
  readonly #followers: RepositoryFollower[];
  readonly #listeners = new Set<(repository: RepositoryConfig) => void>();
  readonly #controller = new AbortController();
  readonly #logger: LoggerService;
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: {
    repositories: GitRepositories;
    /** Seconds between two looks at a repository's branch, by its id. */
    pollSeconds: ReadonlyMap<string, number>;
    clock: Clock;
    logger: LoggerService;
  }) {
    const { repositories, pollSeconds, clock, logger } = options;
    this.#logger = logger;
    this.#followers = repositories.configs.map(
      config =>
        new RepositoryFollower({
          config,
          pollSeconds: pollSeconds.get(config.id) ?? DEFAULT_POLL_SECONDS,
          open: () => repositories.open(config),
          clock,
          onChange: () => this.#changed(config.id),
        }),
    );
  }

  start() {
    this.#running = Promise.all(
      this.#followers.map(follower => follower.run(this.#controller.signal)),
    );
  }

  async stop() {
    this.#controller.abort();
    await this.#running;
  }

  /** Calls back when a head moved. Returns what ends that. */
  onHead(listener: (repository: RepositoryConfig) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Look at a repository's branch now. */
  nudge(url: string) {
    this.find(url)?.nudge();
  }

  get followers(): readonly RepositoryFollower[] {
    return this.#followers;
  }

  /** The commits that are read at this moment, as one text. */
  get heads(): string {
    return this.#followers
      .map(({ head, error }) => `${head?.commit.sha} ${error}`)
      .join();
  }

  /** The follower of the repository that an Application's source names. */
  find(repoURL: string): RepositoryFollower | undefined {
    const url = normalizeRepositoryUrl(repoURL);
    return this.#followers.find(
      ({ config }) => normalizeRepositoryUrl(config.url) === url,
    );
  }

  /** Repositories that declare what a hub has. */
  ofHub(hub: string): RepositoryFollower[] {
    return this.#followers.filter(({ config }) => config.hubs.includes(hub));
  }

  /** Snapshots of the heads, as the engine asks for them. */
  readonly lookup: RepositoryLookup = (repoURL, revision) => {
    const follower = this.find(repoURL);
    const head = follower?.head;
    return head && followsRevision(follower.config, head.snapshot, revision)
      ? head.snapshot
      : undefined;
  };

  /** The file that declares a cluster, where a repository of its hub has one. */
  clusterFile(cluster: ClusterEntry): string | undefined {
    for (const { head } of this.ofHub(cluster.hub)) {
      if (!head) continue;
      const file = clusterFiles(head.snapshot).get(cluster.name);
      if (file) return file;
    }
    return undefined;
  }

  /** Ids of the repositories that declare a blueprint. */
  withBlueprint(id: string): string[] {
    return this.#followers
      .filter(
        ({ head }) =>
          head &&
          listBlueprints(head.snapshot).blueprints.some(
            blueprint => blueprint.id === id,
          ),
      )
      .map(({ config }) => config.id);
  }

  /** The repositories as the API gives them. */
  list(): Repository[] {
    return this.#followers.map(({ config, head, error }) => ({
      id: config.id,
      url: config.url,
      branch: config.branch,
      hubs: config.hubs,
      layout: config.layout ?? (head && recognise(head.snapshot)),
      head: head?.commit,
      error,
    }));
  }

  #changed(id: string) {
    const follower = this.#followers.find(({ config }) => config.id === id)!;
    const { config, head, error } = follower;
    if (head) {
      this.#logger.info(
        `Repository ${id}: ${config.branch} is at ${head.commit.sha.slice(
          0,
          7,
        )}`,
      );
    } else this.#logger.warn(`Repository ${id} cannot be read: ${error}`);
    for (const listener of [...this.#listeners]) listener(config);
  }
}

const files = new WeakMap<RepositorySnapshot, Map<string, string>>();

/** Files that declare clusters, by the cluster's name; of two the first. */
function clusterFiles(snapshot: RepositorySnapshot): Map<string, string> {
  let found = files.get(snapshot);
  if (!found) {
    found = new Map();
    for (const { name, file } of indexRepository(snapshot).clusters) {
      if (!found.has(name)) found.set(name, file);
    }
    files.set(snapshot, found);
  }
  return found;
}

/** Whether a revision names the followed head: the branch, the default branch, or the commit itself. */
function followsRevision(
  { branch }: RepositoryConfig,
  { sha }: RepositorySnapshot,
  revision: string | undefined,
): boolean {
  return ['', 'HEAD', branch, `refs/heads/${branch}`, sha].includes(
    revision ?? '',
  );
}

function recognise(snapshot: RepositorySnapshot): string | undefined {
  try {
    return layoutOf(snapshot).id;
  } catch {
    // No layout that we know; the repository is still followed.
    return undefined;
  }
}
