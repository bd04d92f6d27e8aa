import { GithubError, notFound, unprocessable } from '../http/GithubError';
import {
  ok,
  type RepositoryContext,
  type RepositoryOperation,
} from '../http/operation';
import { linkHeader } from '../http/pagination';
import { diffEntry, repositoryCommit } from '../resources/commits';
import { encodePath } from '../resources/Links';
import { pullRequestSummary } from '../resources/pullRequests';
import { fullRepository } from '../resources/repositories';

/** The commit that a revision names; GitHub answers 422 where there is none. */
async function requireRevision(context: RepositoryContext, revision: string) {
  const sha = await context.git.resolve(revision).catch(() => undefined);
  if (!sha) {
    throw unprocessable(`No commit found for SHA: ${revision}`);
  }
  return (await context.git.readCommit(sha))!;
}

export const commitOperations: RepositoryOperation[] = [
  {
    method: 'get',
    path: '/commits',
    access: 'read',
    documentation: 'commits/commits#list-commits',
    async handle(context) {
      const { git, page } = context;
      const revision = context.query('sha') ?? git.defaultBranch;
      const from = await git.resolve(revision).catch(() => undefined);
      if (!from) {
        throw context.query('sha')
          ? notFound()
          : new GithubError(409, 'Git Repository is empty.');
      }
      const author = context.query('author');
      const filter = {
        from,
        path: context.query('path'),
        since: context.query('since'),
        until: context.query('until'),
        author:
          author && (context.host.accounts.byLogin(author)?.email ?? author),
      };
      // One more than a page tells whether there is a next one, without walking the whole history.
      const commits = await git.log({
        ...filter,
        skip: (page.page - 1) * page.perPage,
        limit: page.perPage + 1,
      });
      const seen = (page.page - 1) * page.perPage + commits.length;
      const link = linkHeader(
        context.links.origin + context.request.originalUrl,
        page,
        seen,
      );
      return ok(
        commits
          .slice(0, page.perPage)
          .map(commit => repositoryCommit(commit, context.commitView)),
        link ? { Link: link } : {},
      );
    },
  },
  {
    method: 'get',
    path: '/commits/:ref/status',
    access: 'read',
    documentation:
      'commits/statuses#get-the-combined-status-for-a-specific-reference',
    async handle(context) {
      const { sha } = await requireRevision(context, context.parameter('ref'));
      const url = `${context.urls.api}/commits/${sha}`;
      return ok({
        state: 'pending',
        statuses: [],
        sha,
        total_count: 0,
        repository: fullRepository(
          context.repository,
          context.links,
          context.pullRequestView.access,
        ),
        commit_url: url,
        url: `${url}/status`,
      });
    },
  },
  {
    method: 'get',
    path: '/commits/:sha/pulls',
    access: 'read',
    documentation:
      'commits/commits#list-pull-requests-associated-with-a-commit',
    async handle(context) {
      const { git, repository } = context;
      const { sha } = await requireRevision(context, context.parameter('sha'));
      const associated = [];
      for (const record of await repository.pullRequests.list()) {
        const own =
          record.mergeCommitSha === sha ||
          ((await git.isAncestor(sha, record.headSha)) &&
            !(await git.isAncestor(sha, record.baseSha)));
        if (own) associated.push(record);
      }
      const { items, headers } = context.paginate(associated);
      return ok(
        items.map(record =>
          pullRequestSummary(record, context.pullRequestView),
        ),
        headers,
      );
    },
  },
  {
    method: 'get',
    path: '/commits/*',
    access: 'read',
    documentation: 'commits/commits#get-a-commit',
    async handle(context) {
      const commit = await requireRevision(context, context.parameter('0'));
      if (context.accepts('sha')) {
        return ok(commit.sha, { 'Content-Type': 'application/vnd.github.sha' });
      }
      const files = await context.git.diff(commit.parents[0], commit.sha);
      const additions = files.reduce((sum, file) => sum + file.additions, 0);
      const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
      return ok({
        ...repositoryCommit(commit, context.commitView),
        stats: { additions, deletions, total: additions + deletions },
        files: files.map(file => diffEntry(file, commit.sha, context.urls)),
      });
    },
  },
  {
    method: 'get',
    path: '/compare/*',
    access: 'read',
    documentation: 'commits/commits#compare-two-commits',
    async handle(context) {
      const { git, urls } = context;
      const [base, head] = context
        .parameter('0')
        .split('...')
        // `owner:branch` names a branch of a fork; there are none, so the owner is this one.
        .map(name => name.replace(/^[^:]*:/, ''));
      const shas = await Promise.all(
        [base, head].map(name =>
          git.resolve(name ?? '').catch(() => undefined),
        ),
      );
      const [baseSha, headSha] = shas;
      if (!base || !head || !baseSha || !headSha) throw notFound();
      const mergeBase = await git.mergeBase(baseSha, headSha);
      if (!mergeBase) {
        throw notFound(`No common ancestor between ${base} and ${head}.`);
      }
      const count = await git.divergence(baseSha, headSha);
      const commits = await git.log({
        from: headSha,
        notFrom: baseSha,
        oldestFirst: true,
      });
      const files = await git.diff(mergeBase, headSha);
      const view = context.commitView;
      const { items, headers } = context.paginate(commits);
      const range = `${encodePath(base)}...${encodePath(head)}`;
      return ok(
        {
          url: `${urls.api}/compare/${range}`,
          html_url: `${urls.html}/compare/${range}`,
          permalink_url: `${urls.html}/compare/${baseSha}...${headSha}`,
          diff_url: `${urls.html}/compare/${range}.diff`,
          patch_url: `${urls.html}/compare/${range}.patch`,
          base_commit: repositoryCommit((await git.readCommit(baseSha))!, view),
          merge_base_commit: repositoryCommit(
            (await git.readCommit(mergeBase))!,
            view,
          ),
          status: comparisonStatus(count),
          ahead_by: count.right,
          behind_by: count.left,
          total_commits: commits.length,
          commits: items.map(commit => repositoryCommit(commit, view)),
          files: files.map(file => diffEntry(file, headSha, urls)),
        },
        headers,
      );
    },
  },
];

function comparisonStatus(count: { left: number; right: number }) {
  if (count.left && count.right) return 'diverged';
  if (count.right) return 'ahead';
  return count.left ? 'behind' : 'identical';
}
