import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  applicationRevisions,
  type Commit,
  type Version,
} from '@backstage-fleet/plugin-fleet-common';
import {
  type Application,
  type RepositorySnapshot,
  sourcesOf,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { GitRepository } from '@backstage-fleet/plugin-fleet-node';
import { processSlices } from '../hubs';
import type { ApplicationRecord, FleetStore, GitVersions } from '../store';
import { hubSnapshot } from '../store/hubSnapshot';
import { desiredApplications } from './desiredApplications';
import type { FollowedRepositories } from './followedRepositories';
import { runningVersion } from './runningVersion';
import { VersionReader } from './versionReader';
import type { VersionRule } from './versionRule';

/** Applications between two pauses for requests: some milliseconds. */
const BATCH = 50;

/**
 * Finds out which version Git asks for and which was synced, and keeps the store up to date with it.
 *
 * @remarks
 * *Desired* comes from the files at the branch's head: the ApplicationSet is evaluated, and the values files that the
 * resulting Application names are read. *Synced* comes from the same files at the revision that the cluster was brought
 * to. *Running* is none of its business: that is what the images say.
 */
export class VersionResolver {
  readonly #store: FleetStore;
  readonly #repositories: FollowedRepositories;
  readonly #logger: LoggerService;
  /** Commits by repository and SHA; they never change. */
  readonly #commits = new Map<string, Promise<Commit | undefined>>();
  readonly #reader: VersionReader;
  readonly #dirty = new Set<string>();
  /** Applications whose synced version could not be read, because Git did not answer. */
  readonly #incomplete = new Set<string>();
  #desired = new Map<string, Map<string, Application>>();
  #stale = true;
  #running: Promise<void> | undefined;
  #stops: Array<() => void> = [];

  constructor(options: {
    store: FleetStore;
    repositories: FollowedRepositories;
    logger: LoggerService;
    /** Default: `image-tag`. */
    rule?: VersionRule;
  }) {
    this.#reader = new VersionReader(options.rule ?? 'image-tag');
    this.#store = options.store;
    this.#repositories = options.repositories;
    this.#logger = options.logger;
  }

  start() {
    this.#stops = [
      this.#store.onRevision(({ applications, surroundings }) => {
        for (const id of applications) this.#dirty.add(id);
        if (surroundings) this.#everything();
        for (const id of this.#incomplete) this.#dirty.add(id);
        this.#incomplete.clear();
        if (this.#dirty.size > 0) this.#wake();
      }),
      this.#repositories.onHead(() => {
        this.#everything();
        this.#wake();
      }),
    ];
  }

  stop() {
    for (const stop of this.#stops) stop();
  }

  /** Ends when nothing is left to find out. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #everything() {
    this.#stale = true;
    for (const { id } of this.#store.applications()) this.#dirty.add(id);
  }

  #wake() {
    this.#running ??= this.#resolveAll()
      .catch(error => this.#logger.error('Versions cannot be found', error))
      .finally(() => {
        this.#running = undefined;
        if (this.#dirty.size > 0) this.#wake();
      });
  }

  async #resolveAll(): Promise<void> {
    while (this.#dirty.size > 0) {
      // Lets what belongs together arrive together, and requests in between.
      await new Promise(resolve => setImmediate(resolve));
      // What moves meanwhile makes it stale again.
      while (this.#stale) await this.#evaluate();
      const batch = first(this.#dirty, BATCH);
      const found = new Map<string, GitVersions>();
      for (const id of batch) {
        this.#dirty.delete(id);
        const record = this.#store.application(id);
        if (record) found.set(id, await this.#resolve(record));
      }
      this.#store.setVersions(found);
    }
  }

  /** What each hub should have, by the heads of its repositories. */
  async #evaluate(): Promise<void> {
    this.#stale = false;
    const desired = new Map<string, Map<string, Application>>();
    for (const { id } of this.#store.hubs) {
      const hub = hubSnapshot(this.#store, id, this.#repositories.lookup);
      const applications = new Map<string, Application>();
      for (const { config, head } of this.#repositories.ofHub(id)) {
        if (!head) continue;
        const found = await desiredApplications(
          head.snapshot,
          config.branch,
          hub,
          processSlices,
        );
        for (const [key, application] of found) {
          applications.set(key, application);
        }
      }
      desired.set(id, applications);
    }
    this.#desired = desired;
  }

  async #resolve(record: ApplicationRecord): Promise<GitVersions> {
    const versions: GitVersions = {};
    const desired = this.#desiredVersion(record);
    const synced = await this.#syncedVersion(record);
    if (desired) versions.desired = desired;
    if (synced) versions.synced = synced;
    return versions;
  }

  #desiredVersion(record: ApplicationRecord): Version | undefined {
    const application =
      this.#desired
        .get(record.hub)
        ?.get(`${record.namespace}/${record.name}`) ??
      (record.object as Application);
    // What a repository says that cannot be read is not known; its branch is no version of it.
    const unread = sourcesOf(application).some(({ repoURL = '', chart }) => {
      const follower = this.#repositories.find(repoURL);
      return !chart && follower !== undefined && !follower.head;
    });
    if (unread) return undefined;
    const heads = this.#repositories.followers
      .map(({ head }) => head?.commit.sha ?? '')
      .join();
    const text = this.#reader.read(
      application,
      `desired ${heads}`,
      this.#repositories.lookup,
    );
    if (text === undefined) return undefined;
    const commit = sourcesOf(application)
      .map(({ repoURL }) => this.#repositories.find(repoURL ?? '')?.head)
      .find(head => head !== undefined)?.commit;
    return commit ? { text, commit } : { text };
  }

  async #syncedVersion(
    record: ApplicationRecord,
  ): Promise<Version | undefined> {
    const application = record.object as Application;
    const { syncedRevisions, syncedImages } = applicationRevisions(application);
    const sources = sourcesOf(application);
    if (syncedRevisions.length === 0) return undefined;

    // Files at the revisions that were synced, of the repositories that we know.
    const known = sources.flatMap(({ repoURL = '', chart }, index) => {
      const repository = this.#repositories.find(repoURL)?.repository;
      const sha = syncedRevisions[index];
      return repository && sha && !chart ? [{ repoURL, repository, sha }] : [];
    });
    const commits = `synced ${known.map(({ sha }) => sha).join()}`;
    const snapshots = new Map<string, RepositorySnapshot>();
    let complete = true;
    if (!this.#reader.knows(application, commits)) {
      for (const { repoURL, repository, sha } of known) {
        const snapshot = await this.#snapshot(repository, sha);
        if (snapshot) snapshots.set(repoURL, snapshot);
        else complete = false;
      }
    }
    if (!complete) this.#incomplete.add(record.id);
    const text =
      (complete
        ? this.#reader.read(application, commits, repoURL =>
            snapshots.get(repoURL),
          )
        : undefined) ??
      runningVersion(syncedImages, { service: record.service })?.text ??
      syncedRevisions[0].slice(0, 7);
    if (known.length === 0) return { text };
    const [{ repository, sha }] = known;
    return {
      text,
      commit: (await this.#commit(repository, sha)) ?? { sha },
    };
  }

  async #snapshot(
    repository: GitRepository,
    sha: string,
  ): Promise<RepositorySnapshot | undefined> {
    try {
      return await repository.snapshot(sha);
    } catch (error) {
      this.#logger.debug(`Commit ${sha} of ${repository.url}: ${error}`);
      return undefined;
    }
  }

  #commit(repository: GitRepository, sha: string): Promise<Commit | undefined> {
    const key = `${repository.url}@${sha}`;
    let commit = this.#commits.get(key);
    if (!commit) {
      commit = repository.commit(sha).catch(error => {
        this.#commits.delete(key);
        this.#logger.debug(`Commit ${sha} of ${repository.url}: ${error}`);
        return undefined;
      });
      this.#commits.set(key, commit);
    }
    return commit;
  }
}

function first<T>(items: Iterable<T>, count: number): T[] {
  const found: T[] = [];
  for (const item of items) {
    if (found.length === count) break;
    found.push(item);
  }
  return found;
}
