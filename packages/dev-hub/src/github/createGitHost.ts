import express, { type Express } from 'express';
import { createGithubApi } from './createGithubApi';
import { createGraphql } from './createGraphql';
import { Faults } from './Faults';
import { GitHostState, type GitHostStateOptions } from './host/GitHost';
import type { HostedRepository } from './host/HostedRepository';
import { createGitTransport } from './transport/createGitTransport';
import { createPages } from '../pages';

/** @public */
export interface GitHostOptions extends GitHostStateOptions {
  /** Faults that the API injects; share it with a control port. */
  faults?: Faults;
  /** Requests per token and hour. Default 15000. */
  rateLimit?: number;
  log?: (message: string) => void;
}

/**
 * A Git host in this process.
 *
 * @public
 */
export interface GitHost {
  /** Mount it at the root of a port: API at `/api/v3`, Git over HTTP and pages at `/<owner>/<name>`. */
  app: Express;
  faults: Faults;
  repositories: readonly HostedRepository[];
  /** The repository, or `undefined`. */
  repository(owner: string, name: string): HostedRepository | undefined;
  /** Hears of every repository that is created while the host runs. */
  onCreated(listener: (repository: HostedRepository) => void): void;
  /** Ends reading processes. The repositories stay on disk. */
  close(): void;
}

/**
 * Opens (and seeds, where empty) the repositories and serves them: GitHub's REST API, `git clone` and `git push` over
 * HTTP, and pages to read code, commits and pull requests.
 *
 * @public
 */
export async function createGitHost(options: GitHostOptions): Promise<GitHost> {
  const state = await GitHostState.open(options);
  const faults = options.faults ?? new Faults();
  const app = express();
  app.disable('x-powered-by');
  app.use('/api/v3', createGithubApi({ ...options, host: state, faults }));
  app.use('/api/graphql', createGraphql(state));
  app.use(createGitTransport(state));
  app.use(createPages(state));
  return {
    app,
    faults,
    get repositories() {
      return state.repositories;
    },
    repository: (owner, name) => state.repository(owner, name),
    onCreated: listener => state.onCreated(listener),
    close: () => state.close(),
  };
}
