import { notFound } from '../http/GithubError';
import {
  created,
  noContent,
  ok,
  type RepositoryContext,
  type RepositoryOperation,
} from '../http/operation';
import { diffEntry, repositoryCommit } from '../resources/commits';
import { issueComment } from '../resources/pullRequests';

/** The pull request that the path names. */
export async function requirePull(context: RepositoryContext) {
  const record = await context.repository.pullRequests.get(
    Number(context.parameter('number')),
  );
  if (!record) throw notFound();
  return record;
}

/** Files, commits and comments of a pull request. */
export const pullDetailOperations: RepositoryOperation[] = [
  {
    method: 'get',
    path: '/pulls/:number/files',
    access: 'read',
    documentation: 'pulls/pulls#list-pull-requests-files',
    async handle(context) {
      const { git } = context;
      const { baseSha, headSha } = await requirePull(context);
      const files = await git.diff(
        await git.mergeBase(baseSha, headSha),
        headSha,
      );
      const { items, headers } = context.paginate(files);
      return ok(
        items.map(file => diffEntry(file, headSha, context.urls)),
        headers,
      );
    },
  },
  {
    method: 'get',
    path: '/pulls/:number/commits',
    access: 'read',
    documentation: 'pulls/pulls#list-commits-on-a-pull-request',
    async handle(context) {
      const { baseSha, headSha } = await requirePull(context);
      const commits = await context.git.log({
        from: headSha,
        notFrom: baseSha,
        oldestFirst: true,
      });
      const { items, headers } = context.paginate(commits);
      return ok(
        items.map(commit => repositoryCommit(commit, context.commitView)),
        headers,
      );
    },
  },
  {
    method: 'get',
    path: '/pulls/:number/merge',
    access: 'read',
    documentation: 'pulls/pulls#check-if-a-pull-request-has-been-merged',
    async handle(context) {
      if (!(await requirePull(context)).mergedAt) throw notFound();
      return noContent;
    },
  },
  {
    method: 'get',
    path: '/issues/:number/comments',
    access: 'read',
    documentation: 'issues/comments#list-issue-comments',
    async handle(context) {
      const record = await requirePull(context);
      const { items, headers } = context.paginate(record.comments);
      return ok(
        items.map(comment =>
          issueComment(comment, record.number, context.pullRequestView),
        ),
        headers,
      );
    },
  },
  {
    method: 'post',
    path: '/issues/:number/comments',
    access: 'write',
    documentation: 'issues/comments#create-an-issue-comment',
    async handle(context) {
      const record = await requirePull(context);
      const comment = await context.repository.pullRequests.comment(
        record.number,
        context.body.string('body'),
        context.viewer.account,
      );
      const answer = issueComment(
        comment,
        record.number,
        context.pullRequestView,
      );
      return created(answer, { Location: answer.url });
    },
  },
];
