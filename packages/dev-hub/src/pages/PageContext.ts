import type { GitCommit, GitRef } from '../git';
import type { GitHostState } from '../github/host/GitHost';
import type { HostedRepository } from '../github/host/HostedRepository';
import { encodePath } from '../github/resources/Links';

/** A page that does not exist. */
export class PageNotFound extends Error {
  readonly name = 'PageNotFound';
}

/** What every page of a repository is given. */
export class PageContext {
  /** `/acme/fleet-gitops`. */
  readonly base: string;
  readonly now: Date;

  constructor(
    readonly host: GitHostState,
    readonly repository: HostedRepository,
  ) {
    this.base = `/${repository.fullName}`;
    this.now = host.clock();
  }

  get git() {
    return this.repository.git;
  }

  /** The address of a page below the repository. */
  url(page: string, ...segments: string[]): string {
    return [this.base, page, ...segments.map(encodePath)]
      .filter(Boolean)
      .join('/');
  }

  /** The name that a login's person has, for texts. */
  nameOf(login: string): string {
    return this.host.accounts.byLogin(login)?.name ?? login;
  }

  /**
   * Splits `<branch, tag or SHA>/<path>`. Branch names have slashes too, so the longest ref that fits wins.
   */
  async split(target: string): Promise<{
    revision: string;
    sha: string;
    path: string;
    commit: GitCommit;
  }> {
    const refs = await this.git.listRefs();
    const names = refs
      .map(shortName)
      .filter(name => target === name || target.startsWith(`${name}/`))
      .sort((left, right) => right.length - left.length);
    const revision = names[0] ?? target.split('/')[0];
    const sha = await this.git.resolve(revision).catch(() => undefined);
    const commit = sha && (await this.git.readCommit(sha));
    if (!sha || !commit) {
      throw new PageNotFound(
        `There is no branch, tag or commit ${revision} in ${this.repository.fullName}.`,
      );
    }
    const path = target.slice(revision.length + 1).replace(/\/+$/, '');
    return { revision, sha, path, commit };
  }
}

export function shortName(ref: GitRef): string {
  return ref.name.replace(/^refs\/(heads|tags)\//, '');
}
