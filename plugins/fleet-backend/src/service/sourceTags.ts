import { NotFoundError, NotImplementedError } from '@backstage/errors';
import type { GitTagList } from '@backstage-fleet/plugin-fleet-node';
import { LRUCache } from 'lru-cache';
import type { GitRepositories } from '../git';
import type { Clock } from '../hubs';

const FRESH_MS = 60_000;
const CACHED_REPOSITORIES = 500;

interface Reading {
  tags: Promise<GitTagList>;
  /** Absent while the host is asked. */
  readAt?: number;
}

/** Tags of the repositories that services are built from, each asked for once a minute at most. */
export class SourceTags {
  readonly #repositories: GitRepositories;
  readonly #clock: Clock;
  readonly #readings = new LRUCache<string, Reading>({
    max: CACHED_REPOSITORIES,
  });

  constructor(options: { repositories: GitRepositories; clock: Clock }) {
    this.#repositories = options.repositories;
    this.#clock = options.clock;
  }

  /**
   * Id of the GitOps repository that is at this address: its tags are not those of a service.
   */
  gitOpsRepository(url: string): string | undefined {
    return this.#repositories.configs.find(
      config => comparable(config.url) === comparable(url),
    )?.id;
  }

  /** Tags of a repository, the newest version first. What failed is asked for again the next time. */
  async of(url: string): Promise<GitTagList> {
    const known = this.#readings.get(url);
    if (known && this.#fresh(known)) return known.tags;
    const reading: Reading = { tags: this.#read(url) };
    this.#readings.set(url, reading);
    try {
      const tags = await reading.tags;
      reading.readAt = this.#clock.now();
      return tags;
    } catch (error) {
      if (this.#readings.get(url) === reading) this.#readings.delete(url);
      throw error;
    }
  }

  #fresh({ readAt }: Reading): boolean {
    return readAt === undefined || this.#clock.now() - readAt < FRESH_MS;
  }

  async #read(url: string): Promise<GitTagList> {
    const repository = await this.#repositories.openOther(url);
    if (!repository) {
      throw new NotFoundError(
        'no integration serves it. Add its host to integrations.github.',
      );
    }
    if (!repository.tags) {
      throw new NotImplementedError('its Git host lists none.');
    }
    return repository.tags();
  }
}

function comparable(url: string): string {
  return url.replace(/(?:\.git)?\/*$/, '').toLocaleLowerCase('en-US');
}
