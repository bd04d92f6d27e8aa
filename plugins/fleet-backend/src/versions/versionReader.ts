import {
  type Application,
  type RepositoryLookup,
  sourcesOf,
} from '@backstage-fleet/plugin-fleet-gitops';

import { type VersionRule, versionBy } from './versionRule';

/** Sources whose version is remembered; a fleet has as many as it has services times regions. */
const REMEMBERED = 20_000;

/**
 * Reads versions from the files of commits, and remembers them: Applications of one service mostly have the same source.
 */
export class VersionReader {
  readonly #versions = new Map<string, string | undefined>();

  constructor(private readonly rule: VersionRule) {}

  /** Whether the version was read before, so that no files are needed. */
  knows(application: Application, commits: string): boolean {
    return this.#versions.has(keyOf(application, commits));
  }

  /**
   * The version that an Application's sources name.
   *
   * @param commits - what the lookup answers from; the same text means the same files
   */
  read(
    application: Application,
    commits: string,
    repositories: RepositoryLookup,
  ): string | undefined {
    const key = keyOf(application, commits);
    if (this.#versions.has(key)) return this.#versions.get(key);
    const version = versionBy(this.rule, application, repositories);
    if (this.#versions.size >= REMEMBERED) this.#versions.clear();
    this.#versions.set(key, version);
    return version;
  }
}

function keyOf(application: Application, commits: string): string {
  return `${commits} ${JSON.stringify(sourcesOf(application))}`;
}
