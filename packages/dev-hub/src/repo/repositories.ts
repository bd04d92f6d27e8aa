import {
  normalizeRepositoryUrl,
  type RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { BareRepository } from '../git';

const KEPT_SNAPSHOTS = 40;

/**
 * The Git repositories that Argo CD can reach, by URL, with the content of commits kept at hand.
 */
export class Repositories {
  readonly #byUrl = new Map<string, BareRepository>();
  readonly #snapshots = new Map<string, Promise<RepositorySnapshot>>();
  readonly #listeners = new Set<(url: string) => void>();
  readonly #pins = new Map<string, string>();

  add(url: string, repository: BareRepository): void {
    const key = normalizeRepositoryUrl(url);
    this.#byUrl.set(key, repository);
    repository.onRefChanged(() => {
      for (const listener of this.#listeners) listener(key);
    });
  }

  has(url: string): boolean {
    return this.#byUrl.has(normalizeRepositoryUrl(url));
  }

  /** Hears of every branch or tag that moves, with the repository's URL. */
  onChange(listener: (url: string) => void): void {
    this.#listeners.add(listener);
  }

  /** Makes the default branch look as if it were at an older commit; `undefined` ends that. */
  pin(url: string, sha: string | undefined): void {
    const key = normalizeRepositoryUrl(url);
    if (sha) this.#pins.set(key, sha);
    else this.#pins.delete(key);
  }

  /** The commit that a revision names; `undefined` where there is none. */
  async resolve(url: string, revision: string): Promise<string | undefined> {
    const key = normalizeRepositoryUrl(url);
    const repository = this.#byUrl.get(key);
    if (!repository) return undefined;
    const wanted =
      revision === '' || revision === 'HEAD'
        ? repository.defaultBranch
        : revision;
    const pinned = this.#pins.get(key);
    if (pinned && wanted === repository.defaultBranch) return pinned;
    return repository.resolve(wanted);
  }

  async snapshot(url: string, sha: string): Promise<RepositorySnapshot> {
    const key = `${normalizeRepositoryUrl(url)}@${sha}`;
    const kept = this.#snapshots.get(key);
    if (kept) return kept;
    const reading = this.#read(url, sha);
    this.#snapshots.set(key, reading);
    if (this.#snapshots.size > KEPT_SNAPSHOTS) {
      const [oldest] = this.#snapshots.keys();
      this.#snapshots.delete(oldest);
    }
    // What failed is asked for again the next time.
    reading.catch(() => this.#snapshots.delete(key));
    return reading;
  }

  /** The default branch's commits, oldest first. */
  async history(url: string): Promise<string[]> {
    const repository = this.#byUrl.get(normalizeRepositoryUrl(url));
    const head = await repository?.resolve(repository.defaultBranch);
    if (!repository || !head) return [];
    const commits = await repository.log({ from: head });
    return commits.map(({ sha }) => sha).reverse();
  }

  async #read(url: string, sha: string): Promise<RepositorySnapshot> {
    const repository = this.#byUrl.get(normalizeRepositoryUrl(url))!;
    const { files } = await repository.snapshot(sha);
    return { url, sha, files };
  }
}
