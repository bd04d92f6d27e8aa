import {
  type Application,
  readApplicationVersion,
  type RepositoryLookup,
  sourcesOf,
} from '@backstage-fleet/plugin-fleet-gitops';

/** Sources whose version is remembered; a fleet has as many as it has services times regions. */
const REMEMBERED = 20_000;

/**
 * Reads versions from the files of commits, and remembers them: Applications of one service mostly have the same source.
 */
export class VersionReader {
  readonly #versions = new Map<string, string | undefined>();

  /**
   * The version that an Application's sources name.
   *
   * @param commits - what the lookup answers from; the same text means the same files
   */
  read(
    application: Application,
    repositories: RepositoryLookup,
    commits: string,
  ): string | undefined {
    const key = `${commits} ${JSON.stringify(sourcesOf(application))}`;
    if (this.#versions.has(key)) return this.#versions.get(key);
    const version = readApplicationVersion(application, repositories)?.text;
    if (this.#versions.size >= REMEMBERED) this.#versions.clear();
    this.#versions.set(key, version);
    return version;
  }
}
