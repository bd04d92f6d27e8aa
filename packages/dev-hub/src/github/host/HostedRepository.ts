import { stat } from 'fs/promises';
import type { BareRepository } from '../../git';
import { PullRequestError } from './PullRequestError';
import { PullRequests } from './PullRequests';
import { stableId } from './Accounts';
import type { BranchProtection, RepositoryConfig } from './types';

/**
 * A repository of the host: the Git repository, its pull requests and its branch protection.
 *
 * @public
 */
export class HostedRepository {
  readonly owner: string;
  readonly name: string;
  readonly fullName: string;
  readonly id: number;
  readonly description: string | undefined;
  readonly homepage: string | undefined;
  readonly isPrivate: boolean;
  topics: readonly string[] = [];
  /** By branch name; may be changed while the host runs. */
  readonly protectedBranches: Map<string, BranchProtection>;

  private constructor(
    config: RepositoryConfig,
    readonly git: BareRepository,
    readonly pullRequests: PullRequests,
    readonly createdAt: Date,
  ) {
    this.owner = config.owner;
    this.name = config.name;
    this.fullName = `${config.owner}/${config.name}`;
    this.id = stableId(`repository:${this.fullName}`);
    this.description = config.description;
    this.homepage = config.homepage;
    this.isPrivate = config.isPrivate ?? false;
    this.protectedBranches = new Map(
      Object.entries(config.protectedBranches ?? {}),
    );
  }

  static async open(
    config: RepositoryConfig,
    git: BareRepository,
    clock: () => Date,
  ): Promise<HostedRepository> {
    return new HostedRepository(
      config,
      git,
      await PullRequests.open(git, `${config.owner}/${config.name}`, clock),
      (await stat(git.directory)).birthtime,
    );
  }

  /** Why somebody may not commit to the branch directly, or `undefined`. */
  protectionFor(
    branch: string,
    login: string | undefined,
  ): BranchProtection | undefined {
    const protection = this.protectedBranches.get(branch);
    const isOpen =
      protection?.requiresPullRequest === false &&
      !protection.requiredChecks?.length;
    const mayPush = login && protection?.allowedToPush?.includes(login);
    return isOpen || mayPush ? undefined : protection;
  }

  /** @throws PullRequestError where the base branch asks for a review or a check that the pull request has not. */
  assertMayMerge({ base }: { base: string }): void {
    const protection = this.protectedBranches.get(base);
    const reviews = protection?.requiredApprovals ?? 0;
    if (reviews > 0) {
      throw new PullRequestError(
        'unfinished',
        `At least ${reviews} approving review${
          reviews === 1 ? ' is' : 's are'
        } required by reviewers with write access.`,
      );
    }
    const [check] = protection?.requiredChecks ?? [];
    if (check !== undefined) {
      throw new PullRequestError(
        'unfinished',
        `Required status check "${check}" is expected.`,
      );
    }
  }

  close() {
    this.pullRequests.close();
    this.git.close();
  }
}
