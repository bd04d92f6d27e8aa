import { FilepathGlob } from './doublestarGlob';
import { BadPattern, matchPattern } from './doublestarMatch';
import { GlobError } from './errors';
import { FileTree } from './fileTree';

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
 * Finds the files that a pattern of Argo CD's new file globbing names
 * (`applicationsetcontroller.enable.new.git.file.globbing`).
 *
 * The language is that of {@link matchDoublestar}, applied directory by directory: `.` and `..` are resolved first, and an
 * empty last alternative, as in `{a,}`, is left out. A file that several ways lead to can be listed several times, as
 * upstream. Directories that match are left out, and so is the checkout's own `.git`.
 *
 * Sources: Argo CD `util/git/client.go` `LsFiles`, `github.com/bmatcuk/doublestar` 4.10 `FilepathGlob`.
 *
 * @param files - paths from the root of the repository
 * @throws GlobError where the pattern is malformed
 * @public
 */
export function globDoublestar(
  pattern: string,
  files: Iterable<string>,
): string[] {
  const tree = new FileTree(Array.from(files, file => `${CHECKOUT}/${file}`));
  const found = withGlobError(pattern, () =>
    new FilepathGlob(tree).find(`${CHECKOUT}/${pattern}`),
  );
  return found
    .filter(path => path.startsWith(`${CHECKOUT}/`))
    .filter(path => tree.kind(path) === 'file')
    .map(path => path.slice(CHECKOUT.length + 1));
}

function withGlobError<T>(pattern: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof BadPattern ? new GlobError(pattern) : error;
  }
}
