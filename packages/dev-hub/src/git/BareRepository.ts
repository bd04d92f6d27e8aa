import { access, appendFile, mkdir, readFile } from 'fs/promises';
import { join } from 'path';
import { formatCommit, parseCommit } from './commits';
import { diffTrees, EMPTY_TREE } from './diff';
import { InvalidGitInputError } from './errors';
import { countDivergence, listHistory } from './history';
import {
  findMergeBase,
  isAncestor,
  mergeTrees,
  type MergeResult,
} from './merge';
import { assertRefName, isSha } from './names';
import { ObjectReader } from './ObjectReader';
import { ObjectWriter } from './ObjectWriter';
import { runGit } from './process';
import { RefStore } from './RefStore';
import { SnapshotReader } from './SnapshotReader';
import { listTree, writeTree } from './trees';
import type {
  FileChanges,
  FileDiff,
  GitCommit,
  GitRef,
  Identity,
  RefChange,
  Snapshot,
  TreeChange,
  TreeEntry,
} from './types';

// As GitHub does: pushes over HTTP, and fetches of a commit by its SHA, which Argo CD's repo server makes.
// Collecting garbage would only disturb the reading processes.
const CONFIGURATION = `[http]
\treceivepack = true
[uploadpack]
\tallowReachableSHA1InWant = true
[gc]
\tauto = 0
`;

/**
 * A bare Git repository on disk, read and written with the git binary (2.38 or newer).
 *
 * All writes are ordinary Git objects and refs, so any Git client sees them at once.
 *
 * @public
 */
export class BareRepository {
  readonly #reader: ObjectReader;
  readonly #writer: ObjectWriter;
  readonly #refs: RefStore;
  readonly #snapshots: SnapshotReader;

  private constructor(
    /** Absolute path, `…/<owner>/<name>.git`. */
    readonly directory: string,
    private branch: string,
  ) {
    this.#reader = new ObjectReader(directory);
    this.#writer = new ObjectWriter(directory);
    this.#refs = new RefStore(directory);
    this.#snapshots = new SnapshotReader(this.#reader);
  }

  /** Opens the repository, and creates an empty one where there is none. */
  static async open(
    directory: string,
    options: { defaultBranch?: string } = {},
  ): Promise<BareRepository> {
    const exists = await access(join(directory, 'HEAD')).then(
      () => true,
      () => false,
    );
    if (!exists) {
      const branch = options.defaultBranch ?? 'main';
      assertRefName(`refs/heads/${branch}`);
      await mkdir(directory, { recursive: true });
      await runGit(directory, [
        'init',
        '--quiet',
        '--bare',
        '--template=',
        `--initial-branch=${branch}`,
        directory,
      ]);
      await appendFile(join(directory, 'config'), CONFIGURATION);
    }
    const head = await readFile(join(directory, 'HEAD'), 'utf8');
    const repository = new BareRepository(
      directory,
      head.trim().replace('ref: refs/heads/', ''),
    );
    await repository.refreshRefs();
    return repository;
  }

  get defaultBranch(): string {
    return this.branch;
  }

  /** Takes the only branch of a repository that was empty as its default branch, as GitHub does at the first push. */
  async adoptDefaultBranch(): Promise<void> {
    const [only, ...others] = await this.listRefs('refs/heads/');
    if (!only || others.length > 0) return;
    const branch = only.name.slice('refs/heads/'.length);
    if (branch === this.branch) return;
    await runGit(this.directory, ['symbolic-ref', 'HEAD', only.name]);
    this.branch = branch;
  }

  /** Ends the reading process. The repository stays on disk. */
  close() {
    this.#reader.close();
    this.#writer.close();
    this.#refs.close();
  }

  /** Calls the listener after every ref change: commits through the API and pages, merges, and `git push`. */
  onRefChanged(listener: (change: RefChange) => void): () => void {
    return this.#refs.onChanged(listener);
  }

  /** Reports refs that another process moved in the directory. */
  refreshRefs(): Promise<void> {
    return this.#refs.refresh();
  }

  listRefs(prefix?: string): Promise<GitRef[]> {
    return this.#refs.list(prefix);
  }

  async readRef(name: string): Promise<GitRef | undefined> {
    assertRefName(name);
    const object = await this.#reader.read(name);
    return object && { name, sha: object.sha, type: object.type };
  }

  /** @throws RefConflictError where the ref exists already. */
  createRef(name: string, sha: string): Promise<void> {
    return this.#refs.move(name, undefined, sha);
  }

  /** Moves a ref only where it is still at `before`; whether that is a fast-forward is the caller's question. */
  updateRef(name: string, sha: string, before: string): Promise<void> {
    return this.#refs.move(name, before, sha);
  }

  deleteRef(name: string, before: string): Promise<void> {
    return this.#refs.move(name, before, undefined);
  }

  /** The commit that a branch, tag, full ref name or SHA names; `HEAD` is the default branch. */
  async resolve(revision: string): Promise<string | undefined> {
    if (revision === 'HEAD' || revision === '') {
      return this.resolve(`refs/heads/${this.defaultBranch}`);
    }
    const names = isSha(revision)
      ? [revision]
      : [revision, `heads/${revision}`, `tags/${revision}`]
          .filter(name => name.startsWith('refs/') || name !== revision)
          .map(name => (name.startsWith('refs/') ? name : `refs/${name}`));
    for (const name of names) {
      if (!isSha(name)) assertRefName(name);
      const object = await this.#reader.read(`${name}^{commit}`);
      if (object) return object.sha;
    }
    return /^[0-9a-f]{7,39}$/.test(revision)
      ? (await this.#reader.read(`${revision}^{commit}`))?.sha
      : undefined;
  }

  async readCommit(sha: string): Promise<GitCommit | undefined> {
    const object = isSha(sha) ? await this.#reader.read(sha) : undefined;
    return object?.type === 'commit'
      ? parseCommit(object.sha, object.content)
      : undefined;
  }

  async readBlob(sha: string): Promise<Buffer | undefined> {
    const object = isSha(sha) ? await this.#reader.read(sha) : undefined;
    return object?.type === 'blob' ? object.content : undefined;
  }

  /** The tree of a tree or commit SHA, or `undefined`. */
  async treeOf(sha: string): Promise<string | undefined> {
    return isSha(sha)
      ? (await this.#reader.read(`${sha}^{tree}`))?.sha
      : undefined;
  }

  listTree(
    tree: string,
    options?: { recursive?: boolean; includeTrees?: boolean },
  ): Promise<TreeEntry[]> {
    return listTree(this.directory, tree, options);
  }

  /** What is at a path of a commit or tree: a file's content, a folder's entries, or nothing. */
  async readPath(
    treeish: string,
    path: string,
  ): Promise<
    | { type: 'blob'; sha: string; content: Buffer }
    | { type: 'tree'; sha: string; entries: TreeEntry[] }
    | undefined
  > {
    const trimmed = path.replace(/^\/+|\/+$/g, '');
    const object = await this.#reader.read(`${treeish}:${trimmed}`);
    if (object?.type === 'blob') {
      return { type: 'blob', sha: object.sha, content: object.content };
    }
    return object?.type === 'tree'
      ? {
          type: 'tree',
          sha: object.sha,
          entries: await this.listTree(object.sha),
        }
      : undefined;
  }

  writeBlob(content: string | Uint8Array): Promise<string> {
    return this.#writer.writeBlob(content);
  }

  /** Writes the tree that results from changes to a base tree, or to nothing. */
  writeTree(options: {
    baseTree?: string;
    changes: readonly TreeChange[];
  }): Promise<string> {
    return writeTree({
      reader: this.#reader,
      writer: this.#writer,
      ...options,
    });
  }

  /** Writes a commit object; no ref moves. */
  async writeCommit(commit: Omit<GitCommit, 'sha'>): Promise<GitCommit> {
    const sha = await this.#writer.writeCommit(formatCommit(commit));
    return (await this.readCommit(sha))!;
  }

  /** One commit with these changes on top of a branch, which moves forward. Runs again where somebody was faster. */
  async commitFiles(options: {
    branch: string;
    changes: FileChanges;
    message: string;
    author: Identity;
  }): Promise<GitCommit> {
    const ref = `refs/heads/${options.branch}`;
    const head = await this.resolve(ref);
    const tree = await this.writeTree({
      baseTree: head && (await this.treeOf(head)),
      changes: [...options.changes].map(([path, content]) =>
        content === undefined ? { path, sha: null } : { path, content },
      ),
    });
    const commit = await this.writeCommit({
      tree,
      parents: head ? [head] : [],
      message: options.message,
      author: options.author,
      committer: options.author,
    });
    try {
      await this.#refs.move(ref, head, commit.sha);
    } catch (error) {
      if ((await this.resolve(ref)) !== head) return this.commitFiles(options);
      throw error;
    }
    return commit;
  }

  /** Commits reachable from a commit, newest first. */
  async log(options: Parameters<typeof listHistory>[1]): Promise<GitCommit[]> {
    const shas = await listHistory(this.directory, options);
    const commits = await Promise.all(shas.map(sha => this.readCommit(sha)));
    return commits.filter(commit => commit !== undefined);
  }

  /** How many commits each side has that the other has not. */
  divergence(left: string, right: string) {
    return countDivergence(this.directory, left, right);
  }

  mergeBase(left: string, right: string): Promise<string | undefined> {
    return findMergeBase(this.directory, left, right);
  }

  /** Whether the first commit is the second one or in its history. */
  async isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    const commit = await this.readCommit(descendant);
    return (
      // The usual case, one commit on top, needs no process.
      commit?.parents.includes(ancestor) ||
      isAncestor(this.directory, ancestor, descendant)
    );
  }

  /** Merges two commits without moving a branch: the resulting tree, or the paths that conflict. */
  async mergeTrees(ours: string, theirs: string): Promise<MergeResult> {
    return (await this.isAncestor(ours, theirs))
      ? { tree: (await this.treeOf(theirs))! }
      : mergeTrees(this.directory, ours, theirs);
  }

  /** What changed between two commits or trees; from nothing where `from` is absent. */
  diff(from: string | undefined, to: string): Promise<FileDiff[]> {
    return diffTrees(this.directory, from ?? EMPTY_TREE, to);
  }

  /** All text files at a branch, tag or SHA. Cached by commit, and unchanged files are not read again. */
  async snapshot(revision: string): Promise<Snapshot> {
    const sha = await this.resolve(revision);
    if (!sha) {
      throw new InvalidGitInputError(
        `${revision} names no commit of ${this.directory}`,
        'ref',
      );
    }
    return this.#snapshots.read(sha);
  }
}
