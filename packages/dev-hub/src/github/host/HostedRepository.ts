import { stat } from 'fs/promises';
import type { BareRepository } from '../../git';
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
    return protection && login && protection.allowedToPush?.includes(login)
      ? undefined
      : protection;
  }

  close() {
    this.pullRequests.close();
    this.git.close();
  }
}
