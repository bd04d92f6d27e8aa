import { readFile, rename, writeFile } from 'fs/promises';
import { join } from 'path';

/** @public */
export interface PullRequestComment {
  id: number;
  login: string;
  body: string;
  /** ISO 8601, as all dates here. */
  createdAt: string;
}

/**
 * A pull request between two branches of one repository. Logins name the people.
 *
 * @public
 */
export interface PullRequestRecord {
  number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  draft: boolean;
  base: string;
  /** The head branch. */
  head: string;
  /** The newest commit of the head branch while it is open, afterwards the last one it had. */
  headSha: string;
  /** Where the base branch was when it was opened or merged. */
  baseSha: string;
  login: string;
  createdAt: string;
  updatedAt: string;
  closedAt?: string;
  mergedAt?: string;
  mergedBy?: string;
  mergeCommitSha?: string;
  comments: PullRequestComment[];
}

// Beside the Git objects, so that copying or deleting the repository takes its pull requests along.
const FILE_NAME = 'pull-requests.json';

export async function readPullRequests(
  directory: string,
): Promise<PullRequestRecord[]> {
  try {
    return JSON.parse(await readFile(join(directory, FILE_NAME), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

export async function writePullRequests(
  directory: string,
  records: readonly PullRequestRecord[],
): Promise<void> {
  const path = join(directory, FILE_NAME);
  await writeFile(`${path}.new`, JSON.stringify(records, undefined, 2));
  await rename(`${path}.new`, path);
}
