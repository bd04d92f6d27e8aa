import { stableId, type Accounts } from '../host/Accounts';
import type { HostedRepository } from '../host/HostedRepository';
import type {
  PullRequestComment,
  PullRequestRecord,
} from '../host/pullRequestFile';
import { toAccount } from '../host/Accounts';
import type { RepositoryAccess } from '../host/types';
import { organization, simpleUser } from './accounts';
import { nodeId, toTimestamp, type Links } from './Links';
import { repositorySummary } from './repositories';

export interface PullRequestView {
  repository: HostedRepository;
  links: Links;
  accounts: Accounts;
  access: RepositoryAccess;
}

function userOf(login: string, { accounts, links }: PullRequestView) {
  return simpleUser(accounts.byLogin(login) ?? toAccount({ login }), links);
}

const optionalTimestamp = (date: string | undefined) =>
  date ? toTimestamp(date) : null;

/** GitHub's `pull-request-simple`, as lists have it. */
export function pullRequestSummary(
  record: PullRequestRecord,
  view: PullRequestView,
) {
  const { repository, links } = view;
  const urls = links.of(repository);
  const { number } = record;
  const api = `${urls.api}/pulls/${number}`;
  const issue = `${urls.api}/issues/${number}`;
  const html = `${urls.html}/pull/${number}`;
  const id = stableId(`pull:${repository.fullName}#${number}`);
  const end = (branch: string, sha: string) => ({
    label: `${repository.owner}:${branch}`,
    ref: branch,
    sha,
    user: organization(
      repository.owner,
      stableId(`organization:${repository.owner}`),
      links,
    ),
    repo: repositorySummary(repository, links, view.access),
  });
  return {
    url: api,
    id,
    node_id: nodeId('PullRequest', id),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    commits_url: `${api}/commits`,
    review_comments_url: `${api}/comments`,
    review_comment_url: `${urls.api}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: `${urls.api}/statuses/${record.headSha}`,
    number,
    state: record.state,
    locked: false,
    title: record.title,
    user: userOf(record.login, view),
    body: record.body || null,
    labels: [],
    milestone: null,
    active_lock_reason: null,
    created_at: toTimestamp(record.createdAt),
    updated_at: toTimestamp(record.updatedAt),
    closed_at: optionalTimestamp(record.closedAt),
    merged_at: optionalTimestamp(record.mergedAt),
    merge_commit_sha: record.mergeCommitSha ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: end(record.head, record.headSha),
    base: end(record.base, record.baseSha),
    _links: {
      self: { href: api },
      html: { href: html },
      issue: { href: issue },
      comments: { href: `${issue}/comments` },
      review_comments: { href: `${api}/comments` },
      review_comment: { href: `${urls.api}/pulls/comments{/number}` },
      commits: { href: `${api}/commits` },
      statuses: { href: `${urls.api}/statuses/${record.headSha}` },
    },
    author_association: 'MEMBER',
    auto_merge: null,
    draft: record.draft,
  };
}

/** GitHub's `pull-request`: also what has to be computed from the branches. */
export async function fullPullRequest(
  record: PullRequestRecord,
  view: PullRequestView,
) {
  const { git, pullRequests } = view.repository;
  const start = await git.mergeBase(record.baseSha, record.headSha);
  const [files, commits, mergeable] = await Promise.all([
    git.diff(start, record.headSha),
    git.log({ from: record.headSha, notFrom: record.baseSha }),
    pullRequests.mergeable(record),
  ]);
  const sum = (field: 'additions' | 'deletions') =>
    files.reduce((total, file) => total + file[field], 0);
  const states = { true: 'clean', false: 'dirty', undefined: 'unknown' };
  return {
    ...pullRequestSummary(record, view),
    merged: record.mergedAt !== undefined,
    mergeable: mergeable ?? null,
    rebaseable: false,
    mergeable_state: states[`${mergeable}`],
    merged_by: record.mergedBy ? userOf(record.mergedBy, view) : null,
    comments: record.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: sum('additions'),
    deletions: sum('deletions'),
    changed_files: files.length,
  };
}

/** GitHub's `issue-comment`. */
export function issueComment(
  comment: PullRequestComment,
  number: number,
  view: PullRequestView,
) {
  const urls = view.links.of(view.repository);
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url: `${urls.api}/issues/comments/${comment.id}`,
    html_url: `${urls.html}/pull/${number}#issuecomment-${comment.id}`,
    issue_url: `${urls.api}/issues/${number}`,
    body: comment.body,
    user: userOf(comment.login, view),
    created_at: toTimestamp(comment.createdAt),
    updated_at: toTimestamp(comment.createdAt),
    author_association: 'MEMBER',
  };
}
