import type { Commit, PullRequest } from '@backstage-fleet/plugin-fleet-common';
import type { FileChanges } from '@backstage-fleet/plugin-fleet-gitops';
import type { GitRepository } from '@backstage-fleet/plugin-fleet-node';
import { NotFoundError } from '@backstage/errors';
import { LRUCache } from 'lru-cache';
import { refusalReason } from './branchRules';
import { CommitWithTree, GitHubApi } from './githubApi';
import {
  EnsuredPullRequest,
  ensurePullRequest,
  EnsurePullRequestOptions,
  toPullRequest,
} from './pullRequests';
import {
  compareRevisions,
  ensureMergePullRequest,
  mergeBranch,
  moveTag,
} from './references';
import { ReadSnapshot, SnapshotReader } from './snapshotReader';
import { TagList } from './tagList';

const SHA = /^[0-9a-f]{40}$/;
const CACHED_COMMITS = 2000;

/** A repository on GitHub or GitHub Enterprise. */
export class GitHubRepository implements GitRepository {
  readonly url: string;
  readonly #api: GitHubApi;
  readonly #reader: SnapshotReader;
  readonly #tags: TagList;
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #commits = new LRUCache<string, CommitWithTree>({
    max: CACHED_COMMITS,
  });
  /** What GitHub last said of a branch, so that asking for its protection needs no second request. */
  readonly #protected = new Map<string, boolean>();

  constructor(
    api: GitHubApi,
    options: { sleep?: (milliseconds: number) => Promise<void> } = {},
  ) {
    this.#api = api;
    this.url = api.address.webUrl;
    this.#reader = new SnapshotReader(this.url, api);
    this.#tags = new TagList(api);
    this.#sleep =
      options.sleep ?? (ms => new Promise(resolve => setTimeout(resolve, ms)));
  }

  webUrl({
    path,
    ref,
    commit,
  }: {
    path?: string;
    ref?: string;
    commit?: string;
  }) {
    if (path !== undefined) {
      const file = path.split('/').map(encodeURIComponent).join('/');
      return `${this.url}/blob/${commit ?? ref ?? 'HEAD'}/${file}`;
    }
    if (commit) return this.#api.commitUrl(commit);
    return ref ? `${this.url}/tree/${ref}` : this.url;
  }

  async resolve(ref: string): Promise<Commit> {
    if (SHA.test(ref)) return this.commit(ref);
    const branch = await this.#api.branch(ref);
    if (branch) this.#protected.set(ref, branch.protected);
    const commit = branch?.commit ?? (await this.#api.reference(ref));
    if (!commit) {
      throw new NotFoundError(
        `Branch ${ref} does not exist in ${
          this.#name
        }: create it or correct fleet.repositories[].branch.`,
      );
    }
    return this.#remember(commit);
  }

  snapshot(sha: string): Promise<ReadSnapshot> {
    return this.#reader.read(sha);
  }

  async commit(sha: string): Promise<Commit> {
    return withoutTree(await this.#withTree(sha));
  }

  async protection(branch: string) {
    if (!this.#protected.has(branch)) await this.resolve(branch);
    const rules = await this.#api.send(
      () =>
        this.#api.client.rest.repos.getBranchRules({
          ...this.#api.target,
          branch,
          per_page: 100,
        }),
      // Older Enterprise servers know no rulesets; an app without the right to read them gets 403.
      { branch, handle: { 'not-found': () => [], 'rights-missing': () => [] } },
    );
    const reason = refusalReason(rules, this.#protected.get(branch) ?? false);
    return { protected: reason !== undefined, reason };
  }

  async commitToBranch(options: {
    branch: string;
    base: string;
    changes: FileChanges;
    message: string;
  }): Promise<Commit> {
    const { branch, base, changes, message } = options;
    const commit = await this.#api.createCommit({
      parents: [base],
      tree: (await this.#withTree(base)).tree,
      changes,
      modes: (await this.snapshot(base)).tree,
      message,
    });
    await this.#api.send(
      () =>
        this.#api.client.rest.git.updateRef({
          ...this.#api.target,
          ref: `heads/${branch}`,
          sha: commit.sha,
          force: false,
        }),
      { branch },
    );
    return this.#remember(commit);
  }

  async ensurePullRequest(
    options: EnsurePullRequestOptions,
  ): Promise<EnsuredPullRequest> {
    return ensurePullRequest(
      {
        api: this.#api,
        base: await this.#withTree(options.baseSha),
        modes: (await this.snapshot(options.baseSha)).tree,
        sleep: this.#sleep,
      },
      options,
    );
  }

  compare(options: { base: string; head: string }) {
    return compareRevisions(this.#api, options);
  }

  mergeBranch(options: { from: string; into: string; message: string }) {
    return mergeBranch(this.#api, options);
  }

  moveTag(options: { tag: string; sha: string }) {
    return moveTag(this.#api, options);
  }

  tags() {
    return this.#tags.read();
  }

  ensureMergePullRequest(options: {
    from: string;
    into: string;
    title: string;
    body: string;
  }) {
    return ensureMergePullRequest(this.#api, this.#sleep, options);
  }

  async pullRequest(
    number: number,
  ): Promise<PullRequest & { mergeCommit?: string }> {
    const data = await this.#api.send(() =>
      this.#api.client.rest.pulls.get({
        ...this.#api.target,
        pull_number: number,
      }),
    );
    return {
      ...toPullRequest(data),
      // For an open pull request this is GitHub's trial merge.
      mergeCommit: data.merged_at
        ? data.merge_commit_sha ?? undefined
        : undefined,
    };
  }

  /** The newest commit on a branch since a time whose message contains a line. */
  async findCommit(options: {
    branch: string;
    line: string;
    since: Date;
  }): Promise<Commit | undefined> {
    const list = await this.#api.send(
      () =>
        this.#api.client.rest.repos.listCommits({
          ...this.#api.target,
          sha: options.branch,
          since: options.since.toISOString(),
          per_page: 100,
        }),
      { branch: options.branch },
    );
    const found = list.find(item =>
      item.commit.message.split('\n').includes(options.line),
    );
    return found && this.commit(found.sha);
  }

  get #name(): string {
    return `${this.#api.context().repository} on ${this.#api.address.host}`;
  }

  async #withTree(sha: string): Promise<CommitWithTree> {
    const known = this.#commits.get(sha);
    if (known) return known;
    const commit = await this.#api.commit(sha);
    if (!commit) {
      throw new NotFoundError(`Commit ${sha} does not exist in ${this.#name}.`);
    }
    this.#commits.set(sha, commit);
    return commit;
  }

  #remember(commit: CommitWithTree): Commit {
    this.#commits.set(commit.sha, commit);
    return withoutTree(commit);
  }
}

function withoutTree({ tree: _, ...commit }: CommitWithTree): Commit {
  return commit;
}
