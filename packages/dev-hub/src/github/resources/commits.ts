import type { FileDiff, GitCommit, Identity } from '../../git';
import type { Accounts } from '../host/Accounts';
import { simpleUser } from './accounts';
import {
  encodePath,
  nodeId,
  toTimestamp,
  type Links,
  type RepositoryLinks,
} from './Links';

const UNSIGNED = {
  verified: false,
  reason: 'unsigned',
  signature: null,
  payload: null,
  verified_at: null,
};

const gitUser = ({ name, email, date }: Identity) => ({
  name,
  email,
  date: toTimestamp(date),
});

/** GitHub's `git-commit`, the answer of the Git database API. */
export function gitCommit(commit: GitCommit, urls: RepositoryLinks) {
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    url: `${urls.api}/git/commits/${commit.sha}`,
    html_url: `${urls.html}/commit/${commit.sha}`,
    author: gitUser(commit.author),
    committer: gitUser(commit.committer),
    tree: {
      sha: commit.tree,
      url: `${urls.api}/git/trees/${commit.tree}`,
    },
    message: commit.message,
    parents: commit.parents.map(sha => ({
      sha,
      url: `${urls.api}/git/commits/${sha}`,
      html_url: `${urls.html}/commit/${sha}`,
    })),
    verification: UNSIGNED,
  };
}

/** GitHub's `commit`: the Git commit and the accounts of its people. */
export function repositoryCommit(
  commit: GitCommit,
  context: { links: Links; urls: RepositoryLinks; accounts: Accounts },
) {
  const { urls, links, accounts } = context;
  const account = (identity: Identity) => {
    const known = accounts.byEmail(identity.email);
    return known ? simpleUser(known, links) : null;
  };
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    commit: {
      author: gitUser(commit.author),
      committer: gitUser(commit.committer),
      message: commit.message,
      tree: {
        sha: commit.tree,
        url: `${urls.api}/git/trees/${commit.tree}`,
      },
      url: `${urls.api}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: UNSIGNED,
    },
    url: `${urls.api}/commits/${commit.sha}`,
    html_url: `${urls.html}/commit/${commit.sha}`,
    comments_url: `${urls.api}/commits/${commit.sha}/comments`,
    author: account(commit.author),
    committer: account(commit.committer),
    parents: commit.parents.map(sha => ({
      sha,
      url: `${urls.api}/commits/${sha}`,
      html_url: `${urls.html}/commit/${sha}`,
    })),
  };
}

/** GitHub's `diff-entry`. */
export function diffEntry(file: FileDiff, head: string, urls: RepositoryLinks) {
  const path = encodePath(file.path);
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${urls.html}/blob/${head}/${path}`,
    raw_url: `${urls.html}/raw/${head}/${path}`,
    contents_url: `${urls.api}/contents/${path}?ref=${head}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousPath ? { previous_filename: file.previousPath } : {}),
  };
}
