import { PullRequestError } from '../host/PullRequestError';
import type { PullRequestRecord } from '../host/pullRequestFile';
import {
  GithubError,
  validationFailed,
  type GithubErrorDetail,
} from '../http/GithubError';
import {
  created,
  ok,
  type RepositoryContext,
  type RepositoryOperation,
} from '../http/operation';
import { fullPullRequest, pullRequestSummary } from '../resources/pullRequests';
import { requirePull } from './pullDetails';

const DETAILS: Partial<
  Record<PullRequestError['reason'], Partial<GithubErrorDetail>>
> = {
  exists: { code: 'custom' },
  'no-commits': { code: 'custom' },
  'base-missing': { code: 'invalid', field: 'base' },
  'head-missing': { code: 'invalid', field: 'head' },
  'not-open': { code: 'invalid', field: 'state' },
};

/** Opening and changing: 422 with details. */
function toValidationError(error: unknown): unknown {
  if (!(error instanceof PullRequestError)) return error;
  const detail = DETAILS[error.reason] ?? { code: 'custom' as const };
  return validationFailed({
    resource: 'PullRequest',
    code: 'custom',
    ...detail,
    ...(detail.code === 'custom' ? { message: error.message } : {}),
  });
}

/** Merging: 405, and 409 where the head moved. */
function toMergeError(error: unknown): unknown {
  if (!(error instanceof PullRequestError)) return error;
  return new GithubError(
    error.reason === 'head-moved' ? 409 : 405,
    error.message,
  );
}

/** `owner:branch` or `branch` → the branch of this repository; there are no forks. */
function headBranch(context: RepositoryContext, head: string) {
  const [owner, branch] = head.includes(':')
    ? head.split(/:(.*)/)
    : [context.repository.owner, head];
  return owner.toLowerCase() === context.repository.owner.toLowerCase()
    ? branch
    : undefined;
}

function sorted(context: RepositoryContext, records: PullRequestRecord[]) {
  const field = context.query('sort') === 'updated' ? 'updatedAt' : 'createdAt';
  const sort = context.query('sort') ?? 'created';
  const direction =
    context.query('direction') ?? (sort === 'created' ? 'desc' : 'asc');
  return [...records].sort(
    (left, right) =>
      (left[field].localeCompare(right[field]) || left.number - right.number) *
      (direction === 'asc' ? 1 : -1),
  );
}

async function listPulls(context: RepositoryContext) {
  const state = context.query('state') ?? 'open';
  const base = context.query('base');
  const head = context.query('head');
  // GitHub ignores a head without owner; whoever forgets it must see that here too.
  const branch = head?.includes(':') ? headBranch(context, head) : undefined;
  const records = (await context.repository.pullRequests.list()).filter(
    record =>
      (state === 'all' || record.state === state) &&
      (!base || record.base === base) &&
      (!head?.includes(':') || record.head === branch),
  );
  const { items, headers } = context.paginate(sorted(context, records));
  return ok(
    items.map(record => pullRequestSummary(record, context.pullRequestView)),
    headers,
  );
}

async function createPull(context: RepositoryContext) {
  const { body, repository, viewer } = context;
  const head = headBranch(context, body.string('head'));
  const title = body.optionalString('title');
  if (!title?.trim()) {
    throw validationFailed({
      resource: 'Issue',
      code: 'missing_field',
      field: 'title',
    });
  }
  try {
    const record = await repository.pullRequests.create({
      title,
      body: body.optionalString('body'),
      head: head ?? '',
      base: body.string('base'),
      draft: body.optionalBoolean('draft'),
      author: viewer.account,
    });
    const answer = await fullPullRequest(record, context.pullRequestView);
    return created(answer, { Location: answer.url });
  } catch (error) {
    throw toValidationError(error);
  }
}

async function updatePull(context: RepositoryContext) {
  const { body, repository } = context;
  const record = await requirePull(context);
  const state = body.optionalString('state');
  if (state !== undefined && state !== 'open' && state !== 'closed') {
    throw validationFailed({
      resource: 'PullRequest',
      field: 'state',
      code: 'invalid',
    });
  }
  const given = {
    title: body.optionalString('title'),
    body: body.optionalString('body'),
    base: body.optionalString('base'),
    state,
  };
  const changes = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  try {
    const updated = await repository.pullRequests.update(
      record.number,
      changes,
    );
    return ok(await fullPullRequest(updated, context.pullRequestView));
  } catch (error) {
    throw toValidationError(error);
  }
}

async function mergePull(context: RepositoryContext) {
  const { repository, viewer } = context;
  const record = await requirePull(context);
  // The body may be left out altogether.
  const body = context.request.body === undefined ? undefined : context.body;
  const method = body?.optionalString('merge_method') ?? 'merge';
  if (method !== 'merge' && method !== 'squash') {
    throw new GithubError(
      405,
      'Rebase merges are not allowed on this repository.',
    );
  }
  try {
    repository.assertMayMerge(record);
    const merged = await repository.pullRequests.merge(record.number, {
      actor: viewer.account,
      method,
      sha: body?.optionalString('sha'),
      title: body?.optionalString('commit_title'),
      message: body?.optionalString('commit_message'),
    });
    return ok({
      sha: merged.mergeCommitSha,
      merged: true,
      message: 'Pull Request successfully merged',
    });
  } catch (error) {
    throw toMergeError(error);
  }
}

export const pullOperations: RepositoryOperation[] = [
  {
    method: 'get',
    path: '/pulls',
    access: 'read',
    documentation: 'pulls/pulls#list-pull-requests',
    handle: listPulls,
  },
  {
    method: 'post',
    path: '/pulls',
    access: 'write',
    documentation: 'pulls/pulls#create-a-pull-request',
    handle: createPull,
  },
  {
    method: 'get',
    path: '/pulls/:number',
    access: 'read',
    documentation: 'pulls/pulls#get-a-pull-request',
    handle: async context =>
      ok(
        await fullPullRequest(
          await requirePull(context),
          context.pullRequestView,
        ),
      ),
  },
  {
    method: 'patch',
    path: '/pulls/:number',
    access: 'write',
    documentation: 'pulls/pulls#update-a-pull-request',
    handle: updatePull,
  },
  {
    method: 'put',
    path: '/pulls/:number/merge',
    access: 'write',
    documentation: 'pulls/pulls#merge-a-pull-request',
    handle: mergePull,
  },
];
