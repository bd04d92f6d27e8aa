import type { Commit } from '@backstage-fleet/plugin-fleet-common';
import type { FileChanges } from '@backstage-fleet/plugin-fleet-gitops';
import { FailureContext, GitHubFailureKind } from './failures';
import { GitHubClient, send } from './githubClient';
import { RepositoryAddress } from './repositoryAddress';
import { TreeFile } from './snapshotReader';

/** A commit with the tree it points at. */
export interface CommitWithTree extends Commit {
  tree: string;
}

/** What a branch is at, and whether GitHub calls it protected. */
export interface BranchHead {
  commit: CommitWithTree;
  protected: boolean;
}

type Handlers<H> = Partial<
  Record<GitHubFailureKind, (text: string) => H | Promise<H>>
>;

/** GitHub's Git database for one repository, one request for each method. */
export class GitHubApi {
  readonly address: RepositoryAddress;
  readonly client: GitHubClient;
  readonly target: { owner: string; repo: string };

  constructor(address: RepositoryAddress, client: GitHubClient) {
    this.address = address;
    this.client = client;
    this.target = { owner: address.owner, repo: address.name };
  }

  /** Sends a request about this repository; see {@link send}. */
  send<T, H = never>(
    request: () => Promise<{ data: T }>,
    options: { branch?: string; handle?: Handlers<H> } = {},
  ): Promise<T | H> {
    return send<T, H>(this.context(options.branch), request, options.handle);
  }

  context(branch?: string): FailureContext {
    const { host, owner, name } = this.address;
    return { host, repository: `${owner}/${name}`, branch };
  }

  commitUrl(sha: string): string {
    return `${this.address.webUrl}/commit/${sha}`;
  }

  /** The head of a branch; `undefined` where there is no branch of that name. */
  async branch(branch: string): Promise<BranchHead | undefined> {
    const data = await this.send(
      () => this.client.rest.repos.getBranch({ ...this.target, branch }),
      {
        branch,
        handle: {
          'not-found': text => {
            // "Branch not found" is about the branch, a bare "Not Found" about the repository.
            if (/branch/i.test(text)) return undefined;
            return this.repositoryExists().then(() => undefined);
          },
        },
      },
    );
    return (
      data && {
        commit: this.#commit({ sha: data.commit.sha, ...data.commit.commit }),
        protected: data.protected,
      }
    );
  }

  /** `NotFoundError` where the repository is not there, or not for this token. */
  async repositoryExists(): Promise<void> {
    await this.send(() => this.client.rest.repos.get(this.target));
  }

  /** The commit of a tag, branch or SHA; `undefined` where there is none. */
  async reference(ref: string): Promise<CommitWithTree | undefined> {
    const data = await this.send(
      () =>
        this.client.rest.repos.getCommit({ ...this.target, ref, per_page: 1 }),
      {
        handle: { 'not-found': () => undefined, invalid: () => undefined },
      },
    );
    return data && this.#commit({ sha: data.sha, ...data.commit });
  }

  async commit(sha: string): Promise<CommitWithTree | undefined> {
    const data = await this.send(
      () => this.client.rest.git.getCommit({ ...this.target, commit_sha: sha }),
      { handle: { 'not-found': () => undefined, invalid: () => undefined } },
    );
    return data && this.#commit(data);
  }

  async tree(sha: string): Promise<TreeFile[]> {
    const data = await this.send(() =>
      this.client.rest.git.getTree({
        ...this.target,
        tree_sha: sha,
        recursive: '1',
      }),
    );
    if (!data.truncated) return files(data.tree);
    return this.#largeTree(sha, '');
  }

  async blob(sha: string): Promise<Buffer> {
    const data = await this.send(() =>
      this.client.rest.git.getBlob({ ...this.target, file_sha: sha }),
    );
    return Buffer.from(data.content, data.encoding as BufferEncoding);
  }

  async archive(sha: string): Promise<Buffer | undefined> {
    const data = await this.send(
      () =>
        this.client.rest.repos.downloadTarballArchive({
          ...this.target,
          ref: sha,
        }),
      { handle: { 'not-found': () => undefined } },
    );
    return data instanceof ArrayBuffer ? Buffer.from(data) : undefined;
  }

  /**
   * One tree with inline content and one commit. Author and committer are left to GitHub, so that commits of an app
   * stay verified.
   */
  async createCommit(options: {
    /** The first is the branch's own head. */
    parents: string[];
    tree: string;
    changes: FileChanges;
    modes: ReadonlyMap<string, { mode: string }>;
    message: string;
  }): Promise<CommitWithTree> {
    const tree = await this.send(() =>
      this.client.rest.git.createTree({
        ...this.target,
        base_tree: options.tree,
        tree: [...options.changes].map(([path, content]) => ({
          path,
          mode: (options.modes.get(path)?.mode ?? '100644') as '100644',
          type: 'blob' as const,
          ...(content === undefined ? { sha: null } : { content }),
        })),
      }),
    );
    const commit = await this.send(() =>
      this.client.rest.git.createCommit({
        ...this.target,
        message: options.message,
        tree: tree.sha,
        parents: options.parents,
      }),
    );
    return this.#commit(commit);
  }

  async #largeTree(sha: string, prefix: string): Promise<TreeFile[]> {
    const data = await this.send(() =>
      this.client.rest.git.getTree({ ...this.target, tree_sha: sha }),
    );
    const nested: TreeFile[] = files(data.tree, prefix);
    for (const entry of data.tree) {
      if (entry.type === 'tree' && entry.sha) {
        nested.push(
          ...(await this.#largeTree(entry.sha, `${prefix}${entry.path}/`)),
        );
      }
    }
    return nested;
  }

  #commit(data: {
    sha: string;
    message: string;
    tree: { sha: string };
    author?: { name?: string; date?: string } | null;
  }): CommitWithTree {
    return {
      sha: data.sha,
      url: this.commitUrl(data.sha),
      message: data.message,
      author: data.author?.name,
      date: data.author?.date ? new Date(data.author.date) : undefined,
      tree: data.tree.sha,
    };
  }
}

function files(
  entries: Array<{
    path?: string;
    mode?: string;
    type?: string;
    sha?: string | null;
    size?: number;
  }>,
  prefix = '',
): TreeFile[] {
  return entries.flatMap(({ path, mode, type, sha, size }) =>
    // Links (120000) and submodules (160000) are no files to read or edit.
    path && sha && mode && type === 'blob' && mode !== '120000'
      ? [{ path: prefix + path, mode, sha, size: size ?? 0 }]
      : [],
  );
}
