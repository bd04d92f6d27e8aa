import { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  GithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import type {
  GitHost,
  GitRepository,
} from '@backstage-fleet/plugin-fleet-node';
import { GitHubApi } from './githubApi';
import { createGitHubClient } from './githubClient';
import { GitHubRepository } from './githubRepository';
import { parseRepositoryAddress, RepositoryAddress } from './repositoryAddress';

/** Options that tests and embedders use. */
export interface GitHubHostOptions {
  config: Config;
  logger: LoggerService;
  /** See {@link createGitHubClient}. */
  unthrottled?: boolean;
  /** See {@link createGitHubClient}. */
  retryBaseMs?: number;
  sleep?: (milliseconds: number) => Promise<void>;
}

/**
 * GitHub and GitHub Enterprise, as `integrations.github` configures them, with the credentials (app or token) that
 * Backstage itself uses.
 */
export class GitHubHost implements GitHost {
  readonly #options: GitHubHostOptions;
  readonly #integrations: ScmIntegrations;
  readonly #credentials: GithubCredentialsProvider;
  readonly #repositories = new Map<string, GitRepository>();

  static fromConfig(options: GitHubHostOptions): GitHubHost {
    return new GitHubHost(options);
  }

  private constructor(options: GitHubHostOptions) {
    this.#options = options;
    this.#integrations = ScmIntegrations.fromConfig(options.config);
    this.#credentials = DefaultGithubCredentialsProvider.fromIntegrations(
      this.#integrations,
    );
  }

  handles(url: string): boolean {
    return this.#integrations.github.byUrl(url) !== undefined;
  }

  async open(url: string): Promise<GitRepository> {
    const address = parseRepositoryAddress(url);
    const known = this.#repositories.get(address.webUrl);
    if (known) return known;
    const apiBaseUrl = this.#integrations.github.byUrl(url)?.config.apiBaseUrl;
    if (!apiBaseUrl) {
      throw new NotFoundError(
        `No GitHub integration serves ${url}: add host ${address.host} to integrations.github.`,
      );
    }
    const { logger, unthrottled, retryBaseMs, sleep } = this.#options;
    const client = createGitHubClient({
      apiBaseUrl,
      limiterId: `${address.host}/${address.owner}`,
      token: () => this.#token(address),
      logger,
      unthrottled,
      retryBaseMs,
    });
    const repository = new GitHubRepository(new GitHubApi(address, client), {
      sleep,
    });
    this.#repositories.set(address.webUrl, repository);
    return repository;
  }

  async #token({ webUrl, host, owner, name }: RepositoryAddress) {
    try {
      const { token } = await this.#credentials.getCredentials({ url: webUrl });
      return token;
    } catch (error) {
      // An app's list of repositories is cached with its token, so one that was just added is refused until that expires.
      throw new NotAllowedError(
        `No credentials for ${owner}/${name} on ${host}: ${
          (error as Error).message
        }. Where the repository was added to the app just now, it is seen within the hour.`,
      );
    }
  }
}
