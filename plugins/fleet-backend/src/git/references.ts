import type { Commit, PullRequest } from '@backstage-fleet/plugin-fleet-common';
import type { GitHubApi } from './githubApi';
import {
  createPullRequest,
  findPullRequest,
  toPullRequest,
} from './pullRequests';

/** GitHub lists no more files of a comparison. */
const MOST_FILES = 300;

/** What one revision has beyond another. */
export async function compareRevisions(
  api: GitHubApi,
  { base, head }: { base: string; head: string },
): Promise<{ ahead: number; behind: number; files?: string[] }> {
  const comparison = await api.send(() =>
    api.client.rest.repos.compareCommitsWithBasehead({
      ...api.target,
      basehead: `${base}...${head}`,
      per_page: 1,
    }),
  );
  const files = (comparison.files ?? []).flatMap(file =>
    // A renamed file is gone under its old name.
    file.previous_filename
      ? [file.filename, file.previous_filename]
      : [file.filename],
  );
  return {
    ahead: comparison.ahead_by,
    behind: comparison.behind_by,
    files: files.length < MOST_FILES ? files : undefined,
  };
}

/** Merges a branch into another; `undefined` where the other has it all. */
export async function mergeBranch(
  api: GitHubApi,
  { from, into, message }: { from: string; into: string; message: string },
): Promise<Commit | undefined> {
  const data = await api.send(
    () =>
      api.client.rest.repos.merge({
        ...api.target,
        base: into,
        head: from,
        commit_message: message,
        // The retry plugin would ask again after a conflict.
        request: { retries: 0 },
      }),
    { branch: into },
  );
  // 204 has no body.
  if (!data?.sha) return undefined;
  return {
    sha: data.sha,
    url: api.commitUrl(data.sha),
    message: data.commit.message,
    author: data.commit.author?.name,
    date: data.commit.author?.date
      ? new Date(data.commit.author.date)
      : undefined,
  };
}

/** Moves a tag forward. */
export async function moveTag(
  api: GitHubApi,
  { tag, sha }: { tag: string; sha: string },
): Promise<void> {
  await api.send(
    () =>
      api.client.rest.git.updateRef({
        ...api.target,
        ref: `tags/${tag}`,
        sha,
        force: false,
      }),
    { branch: tag },
  );
}

/** Adopts the open pull request between two branches, or opens one. */
export async function ensureMergePullRequest(
  api: GitHubApi,
  sleep: (milliseconds: number) => Promise<void>,
  options: { from: string; into: string; title: string; body: string },
): Promise<{ pullRequest: PullRequest; adopted: boolean }> {
  const { from, into, title, body } = options;
  const asked = { base: into, branch: from, title, body };
  const found = await findPullRequest(api, asked);
  return found?.state === 'open'
    ? { pullRequest: toPullRequest(found), adopted: true }
    : createPullRequest({ api, sleep }, asked);
}
