import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  applicationRevisions,
  type Commit,
  type Version,
} from '@backstage-fleet/plugin-fleet-common';
import type {
  Application,
  RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { GitRepository } from '@backstage-fleet/plugin-fleet-node';
import type { ApplicationRecord, FleetStore, GitVersions } from '../store';
import { hubSnapshot } from '../store/hubSnapshot';
import { mainSource, MainSource } from './applicationSource';
import { desiredApplications } from './desiredApplications';
import type { FollowedRepositories } from './followedRepositories';
import { runningVersion } from './runningVersion';
import { sourceVersion, SourceVersion } from './sourceVersion';

/** Applications between two pauses for requests. */
const BATCH = 200;

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
  readonly #dirty = new Set<string>();
  #desired = new Map<string, Map<string, Application>>();
  #stale = true;
  #running: Promise<void> | undefined;
  #stops: Array<() => void> = [];

  constructor(options: {
    store: FleetStore;
    repositories: FollowedRepositories;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#repositories = options.repositories;
    this.#logger = options.logger;
  }

  start() {
    this.#stops = [
      this.#store.onRevision(({ applications, surroundings }) => {
        for (const id of applications) this.#dirty.add(id);
        if (surroundings) this.#everything();
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
      if (this.#stale) this.#evaluate();
      const batch = [...this.#dirty].slice(0, BATCH);
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
  #evaluate() {
    this.#stale = false;
    this.#desired = new Map();
    for (const { id } of this.#store.hubs) {
      const hub = hubSnapshot(this.#store, id, this.#repositories.lookup);
      const applications = new Map<string, Application>();
      for (const { head } of this.#repositories.ofHub(id)) {
        if (!head) continue;
        for (const [key, application] of desiredApplications(
          head.snapshot,
          hub,
        )) {
          applications.set(key, application);
        }
      }
      this.#desired.set(id, applications);
    }
  }

  async #resolve(record: ApplicationRecord): Promise<GitVersions> {
    const desired = await this.#desiredVersion(record);
    const synced = await this.#syncedVersion(record);
    return {
      ...(desired && { desired: desired.version }),
      ...(synced && { synced: synced.version }),
      imageRepository: synced?.imageRepository ?? desired?.imageRepository,
    };
  }

  async #desiredVersion(record: ApplicationRecord): Promise<Found | undefined> {
    const generated = this.#desired
      .get(record.hub)
      ?.get(`${record.namespace}/${record.name}`);
    const main = mainSource((generated ?? record.object).spec);
    if (!main) return undefined;
    const { source } = main;
    if (source.chart) {
      return source.targetRevision
        ? { version: { text: source.targetRevision } }
        : undefined;
    }
    const { lookup } = this.#repositories;
    const snapshot = lookup(source.repoURL ?? '', source.targetRevision ?? '');
    if (!snapshot) return undefined;
    const version = readVersion(snapshot, main, record, name => {
      const reference = main.references.get(name)?.source;
      return (
        reference &&
        lookup(reference.repoURL ?? '', reference.targetRevision ?? '')
      );
    });
    return (
      version && {
        version: {
          text: version.text,
          commit: this.#repositories.find(source.repoURL ?? '')?.head?.commit,
        },
        imageRepository: version.imageRepository,
      }
    );
  }

  async #syncedVersion(record: ApplicationRecord): Promise<Found | undefined> {
    const { syncedRevisions, syncedImages } = applicationRevisions(
      record.object,
    );
    const main = mainSource(record.object.spec);
    const revision = syncedRevisions[main?.index ?? 0];
    if (!main || !revision) return undefined;
    if (main.source.chart) return { version: { text: revision } };

    const follower = this.#repositories.find(main.source.repoURL ?? '');
    const repository = follower?.repository;
    const commit = repository && (await this.#commit(repository, revision));
    const snapshot = repository && (await this.#snapshot(repository, revision));
    const version =
      snapshot &&
      readVersion(snapshot, main, record, name => {
        const reference = main.references.get(name)?.source;
        // Value files of another repository are only known at its head.
        return follower === this.#repositories.find(reference?.repoURL ?? '')
          ? snapshot
          : undefined;
      });
    const text =
      version?.text ??
      runningVersion(syncedImages, { service: record.service })?.text ??
      revision.slice(0, 7);
    const found: Version = { text, commit: commit ?? { sha: revision } };
    return { version: found, imageRepository: version?.imageRepository };
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

interface Found {
  version: Version;
  imageRepository?: string;
}

function readVersion(
  snapshot: RepositorySnapshot,
  { source }: MainSource,
  { service }: ApplicationRecord,
  resolveRef: (name: string) => RepositorySnapshot | undefined,
): SourceVersion | undefined {
  return sourceVersion(snapshot, source, { service, resolveRef });
}
