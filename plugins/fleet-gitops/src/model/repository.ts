/**
 * The text files of one Git repository at one commit.
 *
 * @remarks
 * Evaluation is pure and synchronous, so whoever calls it fetches first. Paths are relative to the repository's root,
 * with `/` and without a leading one. Binary files may be left out.
 *
 * @public
 */
export interface RepositorySnapshot {
  /** Clone URL, as ApplicationSets name it. */
  url: string;
  /** The commit, 40 hex digits; empty where the files come from no commit (tests). */
  sha: string;
  files: ReadonlyMap<string, string>;
}

/**
 * Finds a snapshot by what an ApplicationSet or Application says: a repository URL and a revision (branch, tag, SHA;
 * empty and `HEAD` mean the default branch). `undefined` where it is not known: what needs it is then not evaluable.
 *
 * @public
 */
export type RepositoryLookup = (
  repoURL: string,
  revision: string,
) => RepositorySnapshot | undefined;

/**
 * Compares repository URLs as Argo CD does: without `.git` suffix, case and trailing slash.
 *
 * Source: `util/git/git.go` `NormalizeGitURL`.
 *
 * @public
 */
export function normalizeRepositoryUrl(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}

/**
 * New text of a file; `undefined` deletes it. What an intent yields is a set of these by path.
 *
 * @public
 */
export type FileChanges = ReadonlyMap<string, string | undefined>;
