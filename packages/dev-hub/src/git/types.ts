/**
 * Who wrote a commit, and when.
 *
 * @public
 */
export interface Identity {
  name: string;
  email: string;
  date: Date;
}

/**
 * A commit as the object database holds it. `sha`, `tree` and `parents` are 40 hex digits.
 *
 * @public
 */
export interface GitCommit {
  sha: string;
  tree: string;
  parents: string[];
  author: Identity;
  committer: Identity;
  message: string;
}

/**
 * A branch, tag or other ref. `sha` is what it points at: for an annotated tag the tag object, not its commit.
 *
 * @public
 */
export interface GitRef {
  /** Full name, `refs/heads/main`. */
  name: string;
  sha: string;
  type: 'commit' | 'tag' | 'tree' | 'blob';
}

/**
 * One ref moved. `before` is absent where it was created, `after` where it was deleted.
 *
 * @public
 */
export interface RefChange {
  /** Full name, `refs/heads/main`. */
  ref: string;
  before?: string;
  after?: string;
}

/** @public */
export type FileMode = '100644' | '100755' | '120000' | '160000' | '040000';

/** @public */
export interface TreeEntry {
  /** From the repository's root in a recursive listing, else the entry's name. */
  path: string;
  mode: FileMode;
  type: 'blob' | 'tree' | 'commit';
  sha: string;
  /** In bytes, for blobs. */
  size?: number;
}

/**
 * One entry of a tree to write: either inline `content`, or the `sha` of an object, where `null` deletes the path.
 *
 * @public
 */
export interface TreeChange {
  path: string;
  mode?: FileMode;
  content?: string | Uint8Array;
  sha?: string | null;
}

/**
 * What to write: path → whole new content, or `undefined` to delete.
 *
 * @public
 */
export type FileChanges = ReadonlyMap<string, string | Uint8Array | undefined>;

/**
 * The text files at a commit. Files with a NUL byte, symbolic links and submodules are left out.
 *
 * @public
 */
export interface Snapshot {
  /** The commit. */
  sha: string;
  files: ReadonlyMap<string, string>;
}

/** @public */
export interface FileDiff {
  path: string;
  /** Where the file was renamed. */
  previousPath?: string;
  status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed';
  /** The blob after the change; for a removed file the blob before it. */
  sha: string;
  additions: number;
  deletions: number;
  /** Unified diff hunks without file headers; absent for binary files and pure renames. */
  patch?: string;
}
