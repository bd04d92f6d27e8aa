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
  readonly #repositories: HostedRepository[] = [];
  readonly #listeners = new Set<(repository: HostedRepository) => void>();
  #creating: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly root: string,
    readonly accounts: Accounts,
    readonly visitor: Account,
    readonly clock: () => Date,
  ) {}

  get repositories(): readonly HostedRepository[] {
    return this.#repositories;
  }

  static async open(options: GitHostStateOptions): Promise<GitHostState> {
    const clock = options.clock ?? (() => new Date());
    const visitor = options.visitor ?? { login: 'guest', name: 'Guest' };
    const state = new GitHostState(
      options.root,
      new Accounts(options.tokens, [visitor, ...(options.users ?? [])]),
      toAccount(visitor),
      clock,
    );
    for (const config of options.repositories) await state.#open(config);
    return state;
  }

  /** Creates a repository; `undefined` where there is one of this name. */
  create(config: RepositoryConfig): Promise<HostedRepository | undefined> {
    const creating = this.#creating.then(async () => {
      if (this.repository(config.owner, config.name)) return undefined;
      const repository = await this.#open(config);
      for (const listener of this.#listeners) listener(repository);
      return repository;
    });
    this.#creating = creating.catch(() => {});
    return creating;
  }

  /** Hears of every repository that is created while the host runs. */
  onCreated(listener: (repository: HostedRepository) => void): void {
    this.#listeners.add(listener);
  }

  /** Who has repositories and is no user. */
  isOrganization(login: string): boolean {
    const wanted = login.toLowerCase();
    return (
      !this.accounts.byLogin(login) &&
      this.#repositories.some(({ owner }) => owner.toLowerCase() === wanted)
    );
  }

  async #open(config: RepositoryConfig): Promise<HostedRepository> {
    const git = await seedRepository({
      directory: this.root,
      commits: [],
      ...config,
    });
    const repository = await HostedRepository.open(config, git, this.clock);
    this.#repositories.push(repository);
    return repository;
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
