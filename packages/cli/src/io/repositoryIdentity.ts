import type { RepositorySnapshot } from '@backstage-fleet/plugin-fleet-gitops';
import { namedRepositories, sameRepository } from '../text/repositoryUrl';
import { tryGit } from './git';

/**
 * The URL of a checkout as its Applications and ApplicationSets name it: the remote `origin`, else, for a directory that
 * has none, the one that they name most often.
 *
 * @throws where nothing says it
 */
export function repositoryUrl(
  directory: string,
  files: RepositorySnapshot['files'],
): string {
  const named = namedRepositories(files);
  const origin = originOf(directory);
  const url = origin
    ? named.find(candidate => sameRepository(candidate, origin))
    : named[0];
  if (url !== undefined) return url;
  if (named.length === 0) return origin ?? '';
  throw new Error(
    `No Application reads from this repository (${origin}): they name ${named
      .slice(0, 3)
      .join(', ')}. Say which of them this is with --url.`,
  );
}

/** The remote of a work tree, without credentials. A directory inside of one is a repository of its own. */
function originOf(directory: string): string | undefined {
  if (tryGit(directory, ['rev-parse', '--show-prefix']) !== '')
    return undefined;
  return tryGit(directory, ['remote', 'get-url', 'origin'])?.replace(
    /^(https?:\/\/)[^/@]*@/,
    '$1',
  );
}

/** The branch that the files are of: that of a remote's default, else the one that is checked out. */
export function currentBranch(directory: string): string | undefined {
  const head = tryGit(directory, [
    'symbolic-ref',
    '--short',
    'refs/remotes/origin/HEAD',
  ]);
  return (
    head?.replace(/^origin\//, '') ||
    tryGit(directory, ['branch', '--show-current']) ||
    undefined
  );
}

/** The branch's name, where a revision is one of this repository or of its remote. */
export function branchNamed(
  directory: string,
  revision: string,
): string | undefined {
  const name = tryGit(directory, [
    'rev-parse',
    '--symbolic-full-name',
    '--end-of-options',
    revision,
  ]);
  const match = /^refs\/(?:heads|remotes\/origin)\/(.+)$/.exec(
    name?.split('\n').at(-1) ?? '',
  );
  return match && match[1] !== 'HEAD' ? match[1] : undefined;
}
