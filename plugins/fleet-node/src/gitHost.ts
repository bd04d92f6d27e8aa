import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Commit, PullRequest } from '@backstage-fleet/plugin-fleet-common';
import type {
  FileChanges,
  RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';

/**
 * A tag and the commit that it names.
 *
 * @public
 */
export interface GitTag {
  name: string;
  sha: string;
  /** Address for people. */
  url?: string;
}

/**
 * Tags of a repository, as far as they were read.
 *
 * @public
 */
export interface GitTagList {
  /** The newest version first; `sha` is the tagged commit. */
  tags: GitTag[];
  /** Whether these are all. */
  complete: boolean;
}

/**
 * One GitOps repository as the backend reads and writes it.
 *
 * Errors are Backstage errors whose message names the repository, branch or path and what to do.
 *
 * @public
 */
export interface GitRepository {
  readonly url: string;
  /** Address of a file, commit or branch for people. */
  webUrl(target: { path?: string; ref?: string; commit?: string }): string;
  /** The commit that a branch, tag or SHA names. `NotFoundError` where there is none. */
  resolve(ref: string): Promise<Commit>;
  /** All text files at a commit. Cached by SHA. */
  snapshot(sha: string): Promise<RepositorySnapshot>;
  /** Message, author and date of a commit. Cached for ever. */
  commit(sha: string): Promise<Commit>;
  /** Whether direct commits to the branch are refused by protection or rulesets, with the reason. */
  protection(branch: string): Promise<{ protected: boolean; reason?: string }>;
  /**
   * One tree, one commit with parent `base`, and the branch moved forward, never forced.
   * `HeadMovedError` where the branch is no longer at `base`; the caller then runs its intent again.
   */
  commitToBranch(options: {
    branch: string;
    base: string;
    changes: FileChanges;
    message: string;
  }): Promise<Commit>;
  /**
   * Makes sure that a pull request carries the changes: adopts an open one from the same branch, reports a merged or
   * closed one, creates it otherwise.
   */
  ensurePullRequest(options: {
    base: string;
    baseSha: string;
    branch: string;
    changes: FileChanges;
    message: string;
    title: string;
    body: string;
  }): Promise<{ pullRequest: PullRequest; commit?: Commit; adopted: boolean }>;
  pullRequest(number: number): Promise<PullRequest & { mergeCommit?: string }>;
  /**
   * What `head` has beyond `base`: files that differ from their common ancestor, and how many commits each has that the
   * other has not. A host without it cannot promote by merging branches or moving tags.
   */
  compare?(options: { base: string; head: string }): Promise<{
    ahead: number;
    behind: number;
    /** `undefined` where there are more than the host lists. */
    files?: string[];
  }>;
  /**
   * Merges a branch into another. `undefined` where the other has it all; `MergeConflictError` where people must resolve
   * something.
   */
  mergeBranch?(options: {
    from: string;
    into: string;
    message: string;
  }): Promise<Commit | undefined>;
  /** Moves a tag forward, never forced: `HeadMovedError` where the commit does not follow the one that it is at. */
  moveTag?(options: { tag: string; sha: string }): Promise<void>;
  /** Its tags. Of a host without it none are suggested. */
  tags?(): Promise<GitTagList>;
  /** Makes sure that a pull request merges a branch into another. */
  ensureMergePullRequest?(options: {
    from: string;
    into: string;
    title: string;
    body: string;
  }): Promise<{ pullRequest: PullRequest; adopted: boolean }>;
  /**
   * The newest commit on a branch since a time whose message has this line. By it a change that was interrupted finds
   * its own commit; a host without it may write such a change a second time where somebody undid it meanwhile.
   */
  findCommit?(options: {
    branch: string;
    line: string;
    since: Date;
  }): Promise<Commit | undefined>;
}

/**
 * A kind of Git host (GitHub is built in).
 *
 * @public
 */
export interface GitHost {
  /** Whether this host serves the repository. */
  handles(url: string): boolean;
  open(url: string): Promise<GitRepository>;
}

/** @public */
export interface FleetGitHostsExtensionPoint {
  /** Hosts added later are asked first. */
  addGitHost(host: GitHost): void;
}

/** @public */
export const fleetGitHostsExtensionPoint =
  createExtensionPoint<FleetGitHostsExtensionPoint>({ id: 'fleet.git-hosts' });
