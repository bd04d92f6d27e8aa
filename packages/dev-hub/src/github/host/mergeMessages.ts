import type { PullRequestRecord } from './pullRequestFile';

/** Rebasing is switched off in the repository settings that this host reports. */
export type MergeMethod = 'merge' | 'squash';

/** The message of the commit that merges a pull request, worded as GitHub words it. */
export function mergeCommitMessage(
  fullName: string,
  record: PullRequestRecord,
  options: { method?: MergeMethod; title?: string; message?: string },
): string {
  const owner = fullName.split('/')[0];
  const [title, message] =
    options.method === 'squash'
      ? [`${record.title} (#${record.number})`, '']
      : [
          `Merge pull request #${record.number} from ${owner}/${record.head}`,
          record.title,
        ];
  return [options.title ?? title, options.message ?? message]
    .filter(Boolean)
    .join('\n\n');
}
