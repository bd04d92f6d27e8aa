import type { Application, ApplicationSource } from '../model/argocd';
import type { RepositoryLookup } from '../model/repository';
import { sourcesOf, versionStatements } from './versions';

export { sourcesOf };

/**
 * A version as people name it, with the file that says it.
 *
 * @public
 */
export interface ApplicationVersion {
  text: string;
  /** Absent where it is in the Application itself. */
  file?: string;
}

/**
 * The version that Git wants an Application to run: what the strongest of its {@link versionStatements} says, else the branch,
 * tag or commit that a source follows, unless that is what its repository is read at anyway. `undefined` where none is said.
 *
 * @public
 */
export function readApplicationVersion(
  application: Application,
  repositories: RepositoryLookup,
): ApplicationVersion | undefined {
  const { statements } = versionStatements(application, repositories);
  const deciding = statements.find(({ value }) => value !== undefined);
  if (deciding) {
    const file = deciding.field ? undefined : deciding.place?.file;
    return { text: deciding.value!, ...(file ? { file } : {}) };
  }
  const revision = sourcesOf(application)
    .filter(({ path }) => path !== undefined)
    .map(source => revisionOf(source, repositories))
    .find(text => text !== undefined);
  return revision === undefined ? undefined : { text: revision };
}

/** The revision that a source pins or follows, where it is another one than its repository's default. */
function revisionOf(
  { repoURL = '', targetRevision = '' }: ApplicationSource,
  repositories: RepositoryLookup,
): string | undefined {
  if (targetRevision === '' || targetRevision === 'HEAD') return undefined;
  const followed = known(repositories, repoURL, targetRevision);
  return followed && followed === known(repositories, repoURL, 'HEAD')
    ? undefined
    : targetRevision.replace(/^refs\/(heads|tags)\//, '');
}

function known(
  repositories: RepositoryLookup,
  repoURL: string,
  revision: string,
) {
  try {
    return repositories(repoURL, revision)?.files;
  } catch {
    // A revision that does not exist.
    return undefined;
  }
}
