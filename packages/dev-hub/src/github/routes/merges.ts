import { RefConflictError } from '../../git';
import { GithubError, notFound } from '../http/GithubError';
import {
  created,
  noContent,
  type RepositoryContext,
  type RepositoryOperation,
} from '../http/operation';
import { assertMayCommit } from '../http/protection';
import { repositoryCommit } from '../resources/commits';

async function mergeBranch(context: RepositoryContext) {
  const { git, body } = context;
  const base = body.string('base');
  const head = body.string('head');
  const ref = `refs/heads/${base}`;
  const baseSha = (await git.readRef(ref).catch(() => undefined))?.sha;
  const headSha = await git.resolve(head).catch(() => undefined);
  if (!baseSha) throw notFound('Base does not exist');
  if (!headSha) throw notFound('Head does not exist');
  const protection = context.repository.protectedBranches.get(base);
  assertMayCommit(context, base, protection?.kind === 'ruleset' ? 409 : 403);
  if (await git.isAncestor(headSha, baseSha)) {
    return noContent;
  }
  const merged = await git.mergeTrees(baseSha, headSha);
  if (merged.conflicts) {
    throw new GithubError(409, 'Merge conflict');
  }
  const { name, email } = context.viewer.account;
  const date = context.host.clock();
  const commit = await git.writeCommit({
    tree: merged.tree,
    parents: [baseSha, headSha],
    message:
      body.optionalString('commit_message') ?? `Merge ${head} into ${base}`,
    author: { name, email, date },
    committer: { name: 'GitHub', email: 'noreply@github.com', date },
  });
  try {
    await git.updateRef(ref, commit.sha, baseSha);
  } catch (error) {
    if (error instanceof RefConflictError) {
      throw new GithubError(
        409,
        'Base branch was modified. Review and try the merge again.',
      );
    }
    throw error;
  }
  return created(repositoryCommit(commit, context.commitView));
}

export const mergeOperations: RepositoryOperation[] = [
  {
    method: 'post',
    path: '/merges',
    access: 'write',
    documentation: 'branches/branches#merge-a-branch',
    handle: mergeBranch,
  },
];
