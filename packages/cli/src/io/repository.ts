import {
  HubSnapshot,
  normalizeRepositoryUrl,
  RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';
import { readCheckout } from './checkout';
import { GitError, readFilesAt, resolveCommit } from './git';
import { currentBranch, repositoryUrl } from './repositoryIdentity';

/** How the user says which repository is meant. */
export interface RepositoryOptions {
  /** The URL that ApplicationSets name. */
  url?: string;
  /** The branch that the files are of, as ApplicationSets name it. */
  branch?: string;
  /** Whether the controller runs with `--enable-new-git-file-globbing`. */
  newGitFileGlobbing?: boolean;
}

/** A checkout, ready to be evaluated. */
export interface LoadedRepository {
  repository: RepositorySnapshot;
  branch: string | undefined;
  /** What is known without a hub: no clusters but those in Git, and this repository at other revisions. */
  hub: HubSnapshot;
}

/** The files of a directory as they are on the disk. */
export async function loadCheckout(
  directory: string,
  options: RepositoryOptions,
): Promise<LoadedRepository> {
  const files = await readCheckout(directory);
  const url = options.url ?? repositoryUrl(directory, files);
  return {
    repository: { url, sha: '', files },
    branch: options.branch ?? currentBranch(directory),
    hub: hubWithoutClusters(directory, url, options),
  };
}

/** The files of a directory at a revision. */
export function loadRevision(
  directory: string,
  revision: string,
  options: RepositoryOptions,
): LoadedRepository {
  const sha = resolveCommit(directory, revision);
  const files = readFilesAt(directory, sha);
  const url = options.url ?? repositoryUrl(directory, files);
  return {
    repository: { url, sha, files },
    branch: options.branch ?? currentBranch(directory),
    hub: hubWithoutClusters(directory, url, options),
  };
}

function hubWithoutClusters(
  directory: string,
  url: string,
  { newGitFileGlobbing }: RepositoryOptions,
): HubSnapshot {
  const known = new Map<string, RepositorySnapshot | undefined>();
  const own = normalizeRepositoryUrl(url);
  return {
    clusters: [],
    newGitFileGlobbing,
    repositories: (repoURL, revision) => {
      if (normalizeRepositoryUrl(repoURL) !== own) return undefined;
      if (!known.has(revision))
        known.set(revision, atRevision(directory, repoURL, revision));
      return known.get(revision);
    },
  };
}

/** The remote's branch counts: that of the checkout may be behind. */
function atRevision(
  directory: string,
  url: string,
  revision: string,
): RepositorySnapshot | undefined {
  for (const name of [`refs/remotes/origin/${revision}`, revision]) {
    try {
      const sha = resolveCommit(directory, name);
      return { url, sha, files: readFilesAt(directory, sha) };
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
    }
  }
  return undefined;
}
