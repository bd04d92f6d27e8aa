import type { BareRepository, RefChange } from '../../git';
import type { PullRequestRecord } from './pullRequestFile';

/** Notes that a pull request was merged. */
export function markMerged(
  record: PullRequestRecord,
  merge: {
    login: string;
    /** Where the base branch was before. */
    baseSha: string;
    mergeCommitSha: string;
    date: string;
  },
): void {
  Object.assign(record, {
    state: 'closed',
    closedAt: merge.date,
    mergedAt: merge.date,
    updatedAt: merge.date,
    mergedBy: merge.login,
    mergeCommitSha: merge.mergeCommitSha,
    baseSha: merge.baseSha,
  });
}

/**
 * Brings open pull requests up to date with a branch that moved: a new head, a lost head (closed), or a base that now
 * contains the head (merged). Tells whether any changed.
 */
export async function followBranch(
  git: BareRepository,
  records: readonly PullRequestRecord[],
  { ref, before, after }: RefChange,
  date: string,
): Promise<boolean> {
  const branch = ref.slice('refs/heads/'.length);
  let changed = false;
  for (const record of records.filter(({ state }) => state === 'open')) {
    if (record.head === branch) {
      Object.assign(
        record,
        after
          ? { headSha: after, updatedAt: date }
          : { state: 'closed', closedAt: date, updatedAt: date },
      );
      changed = true;
    } else if (
      record.base === branch &&
      after &&
      (await git.isAncestor(record.headSha, after))
    ) {
      markMerged(record, {
        login: record.login,
        baseSha: before ?? record.baseSha,
        mergeCommitSha: after,
        date,
      });
      changed = true;
    }
  }
  return changed;
}
