import { GlobError, matchPathspec } from '../../glob';
import { Checkout } from '../../glob/doublestar';
import type { RepositorySnapshot } from '../../model/repository';
import { generatorError } from '../errors';

/**
 * The files that a pattern of a git file generator names: a Git pathspec, or, where the controller has
 * `--enable-new-git-file-globbing`, a pattern of doublestar. That one names directories too, and Argo CD fails on the
 * attempt to read them.
 *
 * Source: Argo CD `reposerver/repository/repository.go` `GetGitFiles`, `util/git/client.go` `LsFiles`.
 *
 * @throws ApplicationSetError where Argo CD reports an error
 */
export function findGitFiles(
  pattern: string,
  repository: RepositorySnapshot,
  newGlobbing: boolean,
): string[] {
  try {
    return newGlobbing
      ? findByDoublestar(pattern, repository)
      : matchPathspec(pattern, repository.files.keys());
  } catch (error) {
    if (error instanceof GlobError) {
      throw generatorError(`git.files: path ${error.message}`);
    }
    throw error;
  }
}

const checkouts = new WeakMap<RepositorySnapshot['files'], Checkout>();

function findByDoublestar(
  pattern: string,
  { files, url }: RepositorySnapshot,
): string[] {
  let checkout = checkouts.get(files);
  if (!checkout) {
    checkout = new Checkout(files.keys());
    checkouts.set(files, checkout);
  }
  const found = checkout.find(pattern);
  const directory = found.find(({ kind }) => kind === 'directory');
  if (directory) {
    throw generatorError(
      `git.files: path ${JSON.stringify(pattern)} matches the directory ${
        directory.path
      } in ${url}, which cannot be read; let it name files only, for example by their extension`,
    );
  }
  return found.map(({ path }) => path);
}
