import { seedRepository } from '../../git';
import { Accounts, toAccount } from './Accounts';
import { HostedRepository } from './HostedRepository';
import type {
  Account,
  GitHostToken,
  GitHostUser,
  RepositoryConfig,
} from './types';

/** @public */
export interface GitHostStateOptions {
  /** The directory that holds the bare repositories, `<owner>/<name>.git`. Made where absent. */
  root: string;
  repositories: readonly RepositoryConfig[];
  tokens: readonly GitHostToken[];
  /** People without a token, to be recognised in commits. */
  users?: readonly GitHostUser[];
  /** Who merges and closes pull requests in the pages. */
  visitor?: GitHostUser;
  /** The time of commits, pull requests and rate limits. */
  clock?: () => Date;
}

/**
 * The repositories and people of a Git host; the API, the pages and the Git protocol are views of it.
 *
 * @public
 */
export class GitHostState {
  private constructor(
    readonly repositories: readonly HostedRepository[],
    readonly accounts: Accounts,
    readonly visitor: Account,
    readonly clock: () => Date,
  ) {}

  static async open(options: GitHostStateOptions): Promise<GitHostState> {
    const clock = options.clock ?? (() => new Date());
    const visitor = options.visitor ?? { login: 'guest', name: 'Guest' };
    const repositories: HostedRepository[] = [];
    for (const config of options.repositories) {
      const git = await seedRepository({
        directory: options.root,
        commits: [],
        ...config,
      });
      repositories.push(await HostedRepository.open(config, git, clock));
    }
    return new GitHostState(
      repositories,
      new Accounts(options.tokens, [visitor, ...(options.users ?? [])]),
      toAccount(visitor),
      clock,
    );
  }

  /** Owner and name are compared without regard to case, as GitHub does; a `.git` suffix is ignored. */
  repository(owner: string, name: string): HostedRepository | undefined {
    const wanted = `${owner}/${name.replace(/\.git$/, '')}`.toLowerCase();
    return this.repositories.find(
      repository => repository.fullName.toLowerCase() === wanted,
    );
  }

  close() {
    this.repositories.forEach(repository => repository.close());
  }
}
