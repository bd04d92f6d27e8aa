import { FilepathGlob } from './doublestarGlob';
import { BadPattern, matchPattern } from './doublestarMatch';
import { GlobError } from './errors';
import { type EntryKind, FileTree } from './fileTree';

/** Where Argo CD could have checked the repository out: a pattern may climb out of it and come back with a wildcard. */
const CHECKOUT = '/tmp/_argocd-repo/00000000-0000-0000-0000-000000000000';

/**
 * Whether a whole path matches a pattern in which `**` between slashes stands for any number of directories, `*` and `?`
 * stop at "/", `{a,b}` lists alternatives, and classes are `[a-z]`, `[^a-z]` or `[!a-z]`.
 *
 * Source: `github.com/bmatcuk/doublestar` `Match`. To find the files of a Git generator use {@link globDoublestar}, which
 * differs where a pattern has `.`, `..`, a trailing "/" or an empty last alternative.
 *
 * @throws GlobError where the pattern is malformed
 * @public
 */
export function matchDoublestar(pattern: string, path: string): boolean {
  return withGlobError(pattern, () => matchPattern(pattern, path, true));
}

/**
 * A checkout of a repository that patterns of Argo CD's new file globbing are applied to
 * (`applicationsetcontroller.enable.new.git.file.globbing`).
 *
 * The language is that of {@link matchDoublestar}, applied directory by directory: `.` and `..` are resolved first, and an
 * empty last alternative, as in `{a,}`, is left out. The checkout's own `.git` is not known here and matches nothing.
 *
 * Sources: Argo CD `util/git/client.go` `LsFiles`, `github.com/bmatcuk/doublestar` 4.10 `FilepathGlob`.
 */
export class Checkout {
  private readonly tree: FileTree;

  /** @param files - paths from the root of the repository */
  constructor(files: Iterable<string>) {
    this.tree = new FileTree(Array.from(files, file => `${CHECKOUT}/${file}`));
  }

  /**
   * The paths that a pattern names, directories among them; `.` is the root. What several ways lead to can be listed
   * several times, as upstream.
   *
   * @throws GlobError where the pattern is malformed
   */
  find(pattern: string): Array<{ path: string; kind: EntryKind }> {
    const found = withGlobError(pattern, () =>
      new FilepathGlob(this.tree).find(`${CHECKOUT}/${pattern}`),
    );
    return found.flatMap(path => {
      const kind = this.tree.kind(path);
      if (path === CHECKOUT) return [{ path: '.', kind: 'directory' as const }];
      return kind && path.startsWith(`${CHECKOUT}/`)
        ? [{ path: path.slice(CHECKOUT.length + 1), kind }]
        : [];
    });
  }
}

/**
 * Finds the files that a pattern of Argo CD's new file globbing names, see {@link Checkout}; directories are left out.
 *
 * @param files - paths from the root of the repository
 * @throws GlobError where the pattern is malformed
 * @public
 */
export function globDoublestar(
  pattern: string,
  files: Iterable<string>,
): string[] {
  return new Checkout(files)
    .find(pattern)
    .filter(({ kind }) => kind === 'file')
    .map(({ path }) => path);
}

function withGlobError<T>(pattern: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof BadPattern ? new GlobError(pattern) : error;
  }
}
