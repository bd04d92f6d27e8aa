import type { Commit, PullRequest } from '@backstage-fleet/plugin-fleet-common';
import { ConflictError } from '@backstage/errors';
import type { FileChanges } from '@backstage-fleet/plugin-fleet-gitops';
import { CommitWithTree, GitHubApi } from './githubApi';
import { gitBlobSha } from './gitBlob';
import { TreeFile } from './snapshotReader';

/** Trailer on each commit that the fleet makes; commits without it are a person's. */
export const CHANGE_TRAILER = 'Fleet-Change';

/** What {@link ensurePullRequest} is to make sure of. */
export interface EnsurePullRequestOptions {
  base: string;
  baseSha: string;
  branch: string;
  changes: FileChanges;
  message: string;
  title: string;
  body: string;
}

/** What it found or made. */
export interface EnsuredPullRequest {
  pullRequest: PullRequest;
  commit?: Commit;
  adopted: boolean;
}

interface Context {
  api: GitHubApi;
  /** The base's commit with its tree. */
  base: CommitWithTree;
  modes: ReadonlyMap<string, TreeFile>;
  /** Waits before asking again for what GitHub does not see yet, in milliseconds. */
  sleep: (milliseconds: number) => Promise<void>;
}

interface PullRequestData {
  number: number;
  html_url: string;
  state: string;
  merged_at: string | null;
  head: { sha: string };
  body: string | null;
}

/** The state as a person names it. */
export function toPullRequest(
  data: Pick<PullRequestData, 'number' | 'html_url' | 'state' | 'merged_at'>,
): PullRequest {
  const openOrClosed = data.state === 'open' ? 'open' : 'closed';
  return {
    number: data.number,
    url: data.html_url,
    state: data.merged_at ? 'merged' : openOrClosed,
  };
}

/**
 * Adopts the open pull request of the branch, reports a merged or closed one, or opens one.
 *
 * The branch only ever moves forward, and not at all when it holds a commit that the fleet did not make.
 */
export async function ensurePullRequest(
  context: Context,
  options: EnsurePullRequestOptions,
): Promise<EnsuredPullRequest> {
  const found = await findPullRequest(context.api, options);
  if (!found) return openPullRequest(context, options);
  if (found.state !== 'open') {
    return { pullRequest: toPullRequest(found), adopted: true };
  }
  const commit = await bringForward(context, options, found.head.sha);
  if (found.body !== options.body && !commit.foreign) {
    await context.api.send(() =>
      context.api.client.rest.pulls.update({
        ...context.api.target,
        pull_number: found.number,
        body: options.body,
      }),
    );
  }
  return {
    pullRequest: toPullRequest(found),
    commit: commit.head,
    adopted: true,
  };
}

/** The open pull request of a branch, else the latest. */
export async function findPullRequest(
  api: GitHubApi,
  { base, branch }: Pick<EnsurePullRequestOptions, 'base' | 'branch'>,
): Promise<PullRequestData | undefined> {
  const list = await api.send(() =>
    api.client.rest.pulls.list({
      ...api.target,
      // Without the owner GitHub ignores the filter.
      head: `${api.address.owner}:${branch}`,
      base,
      state: 'all',
      sort: 'created',
      direction: 'desc',
      per_page: 10,
    }),
  );
  return list.find(item => item.state === 'open') ?? list[0];
}

async function openPullRequest(
  context: Context,
  options: EnsurePullRequestOptions,
): Promise<EnsuredPullRequest> {
  const { api } = context;
  let commit = await createCommit(context, options, {
    parents: [context.base.sha],
    tree: context.base.tree,
  });
  const created = await api.send(
    () =>
      api.client.rest.git.createRef({
        ...api.target,
        ref: `refs/heads/${options.branch}`,
        sha: commit.sha,
      }),
    {
      branch: options.branch,
      handle: { 'reference-exists': () => undefined },
    },
  );
  if (!created) {
    // Left by an earlier run that ended before its pull request was opened, or a person's.
    const left = await api.branch(options.branch);
    if (left) {
      const forward = await bringForward(context, options, left.commit.sha);
      if (forward.foreign) {
        throw new ConflictError(
          `Branch ${options.branch} of ${
            context.api.context().repository
          } exists and holds commits that were not made here: rename or delete it.`,
        );
      }
      commit = forward.head as CommitWithTree;
    }
  }
  const pullRequest = await createPullRequest(context, options);
  return { ...pullRequest, commit: strip(commit) };
}

/** Opens a pull request for a branch that is there; adopts the one that is open. */
export async function createPullRequest(
  context: Pick<Context, 'api' | 'sleep'>,
  options: Pick<EnsurePullRequestOptions, 'base' | 'branch' | 'title' | 'body'>,
): Promise<{ pullRequest: PullRequest; adopted: boolean }> {
  const { api } = context;
  for (let attempt = 0; ; attempt += 1) {
    const data = await api.send<PullRequestData, 'exists' | 'not-visible'>(
      () =>
        api.client.rest.pulls.create({
          ...api.target,
          head: options.branch,
          base: options.base,
          title: options.title,
          body: options.body,
          // Sent again after a lost answer, it could be refused for the one that was made; that is looked up instead.
          request: { retries: 0 },
        }),
      {
        branch: options.base,
        handle: {
          'pull-request-exists': () => 'exists',
          unavailable: () => 'exists',
          'head-not-visible': () => 'not-visible',
        },
      },
    );
    if (typeof data === 'object') {
      return { pullRequest: toPullRequest(data), adopted: false };
    }
    if (data === 'exists') {
      const found = await findPullRequest(api, options);
      if (found) return { pullRequest: toPullRequest(found), adopted: true };
    }
    if (attempt === 3) {
      throw new ConflictError(
        `${api.address.host} opens no pull request from ${
          options.branch
        } into ${options.base} of ${
          api.context().repository
        }: try again later.`,
      );
    }
    // Right after a push GitHub may not see the branch's commits yet.
    await context.sleep(1000 * 2 ** attempt);
  }
}

/** Puts the changes on top of what is on the branch, where that is needed and the branch is the fleet's alone. */
async function bringForward(
  context: Context,
  options: EnsurePullRequestOptions,
  head: string,
): Promise<{ head?: Commit; foreign: boolean }> {
  const { api } = context;
  const comparison = await api.send(
    () =>
      api.client.rest.repos.compareCommitsWithBasehead({
        ...api.target,
        basehead: `${options.baseSha}...${head}`,
      }),
    // Histories without a common commit cannot be compared.
    { handle: { 'not-found': () => undefined } },
  );
  const commits = comparison?.commits ?? [];
  const last = commits.at(-1);
  const foreign =
    !comparison ||
    comparison.total_commits > commits.length ||
    commits.some(
      item => !item.commit.message.includes(`\n${CHANGE_TRAILER}: `),
    );
  if (foreign) {
    return { head: { sha: head, url: api.commitUrl(head) }, foreign: true };
  }
  if (last && carries(comparison.files ?? [], options.changes)) {
    return {
      head: {
        sha: head,
        url: api.commitUrl(head),
        message: last.commit.message,
      },
      foreign: false,
    };
  }
  const commit = await createCommit(
    context,
    options,
    // A merge of the base that moved: on the branch's own files the edit could conflict with what came since.
    comparison.behind_by > 0
      ? { parents: [head, context.base.sha], tree: context.base.tree }
      : { parents: [head], tree: last?.commit.tree.sha ?? context.base.tree },
  );
  await api.send(
    () =>
      api.client.rest.git.updateRef({
        ...api.target,
        ref: `heads/${options.branch}`,
        sha: commit.sha,
        force: false,
      }),
    { branch: options.branch },
  );
  return { head: strip(commit), foreign: false };
}

function createCommit(
  { api, modes }: Context,
  { changes, message }: EnsurePullRequestOptions,
  onTop: { parents: string[]; tree: string },
): Promise<CommitWithTree> {
  return api.createCommit({
    ...onTop,
    changes,
    modes,
    message,
  });
}

/** Whether a branch already holds the changes, by the blobs that it changed, so that nothing has to be read. */
function carries(
  files: Array<{ filename: string; status: string; sha: string | null }>,
  changes: FileChanges,
): boolean {
  const blobs = new Map(
    files.map(({ filename, status, sha }) => [
      filename,
      status === 'removed' ? undefined : sha,
    ]),
  );
  return [...changes].every(
    ([path, content]) =>
      blobs.has(path) &&
      blobs.get(path) ===
        (content === undefined ? undefined : gitBlobSha(content)),
  );
}

function strip({ tree: _, ...commit }: CommitWithTree): Commit {
  return commit;
}
