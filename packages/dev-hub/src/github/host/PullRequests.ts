import {
  RefConflictError,
  type BareRepository,
  type RefChange,
} from '../../git';
import { followBranch, markMerged } from './followBranch';
import { mergeCommitMessage, type MergeMethod } from './mergeMessages';
import {
  readPullRequests,
  writePullRequests,
  type PullRequestComment,
  type PullRequestRecord,
} from './pullRequestFile';
import { PullRequestError } from './PullRequestError';
import type { Account } from './types';

const branchRef = (branch: string) => `refs/heads/${branch}`;

/** GitHub's own identity on commits that it makes for somebody. */
const WEB_COMMITTER = { name: 'GitHub', email: 'noreply@github.com' };

/**
 * The pull requests of one repository.
 *
 * They follow the branches as on GitHub: a push to the head branch updates an open one, deleting the head branch closes
 * it, and a push that brings the head into the base marks it as merged.
 *
 * @public
 */
export class PullRequests {
  readonly #stop: () => void;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly git: BareRepository,
    private readonly fullName: string,
    private readonly clock: () => Date,
    private readonly records: PullRequestRecord[],
  ) {
    this.#stop = git.onRefChanged(change => {
      if (change.ref.startsWith('refs/heads/')) {
        this.#serialize(() => this.#follow(change)).catch(() => {});
      }
    });
  }

  static async open(
    git: BareRepository,
    fullName: string,
    clock: () => Date,
  ): Promise<PullRequests> {
    const records = await readPullRequests(git.directory);
    return new PullRequests(git, fullName, clock, records);
  }

  close() {
    this.#stop();
  }

  /** All pull requests, newest first. */
  async list(): Promise<PullRequestRecord[]> {
    return this.#serialize(async () => [...this.records].reverse());
  }

  async get(number: number): Promise<PullRequestRecord | undefined> {
    return this.#serialize(async () =>
      this.records.find(record => record.number === number),
    );
  }

  create(options: {
    title: string;
    body?: string;
    head: string;
    base: string;
    draft?: boolean;
    author: Account;
  }): Promise<PullRequestRecord> {
    return this.#serialize(async () => {
      const { head, base } = options;
      const headSha = (await this.git.readRef(branchRef(head)))?.sha;
      const baseSha = (await this.git.readRef(branchRef(base)))?.sha;
      if (!baseSha) {
        throw new PullRequestError('base-missing', `No branch ${base}`);
      }
      if (!headSha) {
        throw new PullRequestError('head-missing', `No branch ${head}`);
      }
      const owner = this.fullName.split('/')[0];
      const open = this.records.some(
        record =>
          record.state === 'open' &&
          record.head === head &&
          record.base === base,
      );
      if (open) {
        throw new PullRequestError(
          'exists',
          `A pull request already exists for ${owner}:${head}.`,
        );
      }
      if (await this.git.isAncestor(headSha, baseSha)) {
        throw new PullRequestError(
          'no-commits',
          `No commits between ${base} and ${head}`,
        );
      }
      const now = this.clock().toISOString();
      const record: PullRequestRecord = {
        number: (this.records.at(-1)?.number ?? 0) + 1,
        title: options.title,
        body: options.body ?? '',
        state: 'open',
        draft: options.draft ?? false,
        base,
        head,
        headSha,
        baseSha,
        login: options.author.login,
        createdAt: now,
        updatedAt: now,
        comments: [],
      };
      this.records.push(record);
      await this.#save();
      return record;
    });
  }

  update(
    number: number,
    changes: Partial<
      Pick<PullRequestRecord, 'title' | 'body' | 'state' | 'base'>
    >,
  ): Promise<PullRequestRecord> {
    return this.#serialize(async () => {
      const record = this.#require(number);
      if (record.mergedAt && changes.state === 'open') {
        throw new PullRequestError(
          'not-open',
          'A merged pull request cannot be opened again',
        );
      }
      if (changes.state === 'open' && record.state === 'closed') {
        const head = await this.git.readRef(branchRef(record.head));
        if (!head) {
          throw new PullRequestError(
            'head-missing',
            `No branch ${record.head}`,
          );
        }
        record.headSha = head.sha;
      }
      if (changes.base && !(await this.git.readRef(branchRef(changes.base)))) {
        throw new PullRequestError('base-missing', `No branch ${changes.base}`);
      }
      const now = this.clock().toISOString();
      Object.assign(record, changes, { updatedAt: now });
      record.closedAt =
        record.state === 'closed' ? record.closedAt ?? now : undefined;
      await this.#save();
      return record;
    });
  }

  comment(
    number: number,
    body: string,
    author: Account,
  ): Promise<PullRequestComment> {
    return this.#serialize(async () => {
      const record = this.#require(number);
      const comment: PullRequestComment = {
        id: number * 1000 + record.comments.length + 1,
        login: author.login,
        body,
        createdAt: this.clock().toISOString(),
      };
      record.comments.push(comment);
      record.updatedAt = comment.createdAt;
      await this.#save();
      return comment;
    });
  }

  /** Whether merging would succeed now: `undefined` for closed pull requests and lost branches. */
  async mergeable(record: PullRequestRecord): Promise<boolean | undefined> {
    const base = await this.git.readRef(branchRef(record.base));
    if (record.state === 'closed' || !base) {
      return undefined;
    }
    return !(await this.git.mergeTrees(base.sha, record.headSha)).conflicts;
  }

  /**
   * Merges into the base branch.
   *
   * @throws PullRequestError `not-open`, `conflict`, `head-moved` (the head is not at `sha`) or `base-moved`.
   */
  merge(
    number: number,
    options: {
      actor: Account;
      method?: MergeMethod;
      /** Merge only if the head branch is still here. */
      sha?: string;
      title?: string;
      message?: string;
    },
  ): Promise<PullRequestRecord> {
    return this.#serialize(async () => {
      const record = this.#require(number);
      const base = await this.git.readRef(branchRef(record.base));
      if (record.state === 'closed' || !base) {
        throw new PullRequestError('not-open', 'Pull Request is not mergeable');
      }
      // The notice of a push may still wait behind this merge: the ref itself says where the head is now.
      const head = await this.git.readRef(branchRef(record.head));
      record.headSha = head?.sha ?? record.headSha;
      if (options.sha && options.sha !== record.headSha) {
        throw new PullRequestError(
          'head-moved',
          'Head branch was modified. Review and try the merge again.',
        );
      }
      const merged = await this.git.mergeTrees(base.sha, record.headSha);
      if (merged.conflicts) {
        throw new PullRequestError('conflict', 'Pull Request is not mergeable');
      }
      const date = this.clock();
      const commit = await this.git.writeCommit({
        tree: merged.tree,
        parents:
          options.method === 'squash' ? [base.sha] : [base.sha, record.headSha],
        message: mergeCommitMessage(this.fullName, record, options),
        author: { name: options.actor.name, email: options.actor.email, date },
        committer: { ...WEB_COMMITTER, date },
      });
      try {
        await this.git.updateRef(branchRef(record.base), commit.sha, base.sha);
      } catch (error) {
        if (error instanceof RefConflictError) {
          throw new PullRequestError(
            'base-moved',
            'Base branch was modified. Review and try the merge again.',
          );
        }
        throw error;
      }
      markMerged(record, {
        login: options.actor.login,
        baseSha: base.sha,
        mergeCommitSha: commit.sha,
        date: date.toISOString(),
      });
      await this.#save();
      return record;
    });
  }

  async #follow(change: RefChange) {
    const date = this.clock().toISOString();
    if (await followBranch(this.git, this.records, change, date)) {
      await this.#save();
    }
  }

  #require(number: number): PullRequestRecord {
    const record = this.records.find(known => known.number === number);
    if (!record) {
      throw new Error(`${this.fullName} has no pull request #${number}`);
    }
    return record;
  }

  #save() {
    return writePullRequests(this.git.directory, this.records);
  }

  // Reads wait too, so that an answer given after a push already knows the push.
  #serialize<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task, task);
    this.#queue = result.catch(() => {});
    return result;
  }
}
