import type { SeedCommit } from '../../git';

/**
 * A person or machine that commits and opens pull requests.
 *
 * @public
 */
export interface GitHostUser {
  login: string;
  /** As commits show it. Default: the login. */
  name?: string;
  /** Default: `<login>@users.noreply.localhost`. */
  email?: string;
}

/** @public */
export type RepositoryAccess = 'none' | 'read' | 'write' | 'admin';

/**
 * A token that the API and `git push` accept, and what it may do.
 *
 * @public
 */
export interface GitHostToken {
  token: string;
  user: GitHostUser;
  /** For all repositories, or by full name (`acme/fleet-gitops`). Default: `write`. */
  access?: RepositoryAccess | Readonly<Record<string, RepositoryAccess>>;
}

/**
 * How a branch is protected from direct commits. Merging a pull request is allowed.
 *
 * GitHub has two mechanisms with different answers: classic branch protection (`GET …/branches/x/protection` shows it)
 * and rulesets (only `GET …/rules/branches/x` shows them).
 *
 * @public
 */
export interface BranchProtection {
  kind: 'protection' | 'ruleset';
  /** Logins that may commit directly all the same. */
  allowedToPush?: readonly string[];
  /** Whether commits come by pull requests only. Default: yes. */
  requiresPullRequest?: boolean;
  /** Approving reviews that a pull request needs. Nobody can review here, so one that needs any waits for ever. */
  requiredApprovals?: number;
  /** Names of the checks that must succeed first. None run here. */
  requiredChecks?: readonly string[];
}

/** @public */
export interface RepositoryConfig {
  owner: string;
  name: string;
  description?: string;
  /** Whether `git clone` needs a token. Default: no. */
  isPrivate?: boolean;
  homepage?: string;
  /** Used when the repository is created. Default: `main`. */
  defaultBranch?: string;
  /** The history to start with, oldest first. Ignored where the repository has commits already. */
  commits?: readonly SeedCommit[];
  /** By branch name. */
  protectedBranches?: Readonly<Record<string, BranchProtection>>;
}

/** A user with every field filled in. */
export type Account = Required<GitHostUser> & { id: number };
