import type { PullRequest } from '@backstage-fleet/plugin-fleet-common';
import type { GitRepository } from '@backstage-fleet/plugin-fleet-node';
import type { RepositoryConfig } from '../git';
import type { NewTimelineEntry } from './journal';
import { changeTrailer } from './messages';
import { branchOf, ReferenceMove } from './references';
import { commitKey } from './stages';
import type { ChangePatch, ChangeRecord, Commit } from './types';

/** Where a change stands after it was written. */
export interface Written {
  patch: ChangePatch;
  entry: NewTimelineEntry;
}

/** The host stopped answering in the middle, and cannot be asked what became of the commit. */
export class OutcomeUnknownError extends Error {
  readonly name = 'ServiceUnavailableError';
  readonly outcomeUnknown = true;
}

/** The commit is on the branch. */
export function merged(
  config: RepositoryConfig,
  commit: Commit,
  patch: ChangePatch,
): Written {
  return {
    patch: { ...patch, state: 'merged', step: 'follow', commit },
    entry: {
      state: 'merged',
      message: `Commit ${commit.sha.slice(0, 7)} is on ${config.branch}`,
      url: commit.url,
    },
  };
}

/** A pull request carries the change. */
export function proposed(
  branch: string,
  pullRequest: PullRequest,
  commit: Commit | undefined,
  adopted: boolean,
): Written {
  return {
    patch: {
      state: 'proposed',
      step: 'follow',
      mode: 'pull-request',
      branch,
      pullRequest,
      commit,
      ...(adopted && { adopted }),
    },
    entry: {
      state: 'proposed',
      message: adopted
        ? `Pull request #${pullRequest.number} is already open`
        : `Pull request #${pullRequest.number} is open`,
      url: pullRequest.url,
    },
  };
}

/**
 * What this change has already done: its own commit, found by its trailer on the branch that it writes to; or the tag
 * where it shall be.
 */
export async function findLanded(
  record: ChangeRecord,
  config: RepositoryConfig,
  repository: GitRepository,
  move?: ReferenceMove,
): Promise<Written | undefined> {
  if (move && 'moveTag' in move.operation) {
    const { tag } = move.operation.moveTag;
    return move.head.sha === move.source.sha
      ? merged({ ...config, branch: tag }, move.source, { mode: 'commit' })
      : undefined;
  }
  const branch = branchOf(config, move);
  const commit = await repository.findCommit?.({
    branch,
    line: changeTrailer(commitKey(record)),
    // Clocks of two machines differ.
    since: new Date(record.createdAt.getTime() - 10 * 60_000),
  });
  return commit && merged({ ...config, branch }, commit, { branch });
}

/** Whether the commit landed although its answer was lost. Only an unavailable host leaves that open. */
export async function findAfterLostAnswer(
  record: ChangeRecord,
  config: RepositoryConfig,
  repository: GitRepository,
  error: unknown,
  move?: ReferenceMove,
): Promise<Written | undefined> {
  if ((error as Error).name !== 'ServiceUnavailableError') return undefined;
  try {
    return await findLanded(record, config, repository, move);
  } catch {
    throw new OutcomeUnknownError(
      `${(error as Error).message} Change ${
        record.id
      } is kept, and finished as soon as the host answers.`,
    );
  }
}
