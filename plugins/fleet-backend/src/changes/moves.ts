import { ConflictError } from '@backstage/errors';
import type { GitRepository } from '@backstage-fleet/plugin-fleet-node';
import type { RepositoryConfig } from '../git';
import { commitMessage, pullRequestBody } from './messages';
import { merged, proposed, Written } from './outcomes';
import type { Preview } from './preview';
import type { ReferenceMove } from './references';
import { attribution } from './stages';
import type { ChangeRecord } from './types';

/**
 * Merges the branches, or moves the tag. Done twice, the second time finds nothing left to do.
 *
 * @returns `undefined` where the branch has it all
 */
export async function writeMove(
  record: ChangeRecord,
  config: RepositoryConfig,
  repository: GitRepository,
  { applied }: Preview,
  { operation, source }: ReferenceMove,
): Promise<Written | undefined> {
  if ('moveTag' in operation) {
    const { tag } = operation.moveTag;
    await repository.moveTag!({ tag, sha: source.sha });
    return merged({ ...config, branch: tag }, source, { mode: 'commit' });
  }
  const branch = operation.merge.into;
  const commit = await repository.mergeBranch!({
    ...operation.merge,
    message: commitMessage(applied.commitMessage, attribution(record)),
  });
  return (
    commit && merged({ ...config, branch }, commit, { mode: 'commit', branch })
  );
}

/** A pull request between the two branches. */
export async function proposeMove(
  record: ChangeRecord,
  repository: GitRepository,
  { applied, plan }: Preview,
  { operation }: ReferenceMove,
): Promise<Written> {
  if ('moveTag' in operation) {
    throw new ConflictError(
      `A tag cannot be moved by a pull request: use mode commit to move ${operation.moveTag.tag}.`,
    );
  }
  const { pullRequest, adopted } = await repository.ensureMergePullRequest!({
    ...operation.merge,
    title: applied.title,
    body: pullRequestBody(plan, attribution(record)),
  });
  return proposed(operation.merge.from, pullRequest, undefined, adopted);
}
