import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import {
  createGitHost,
  type GitHost,
  type GitHostOptions,
} from '@backstage-fleet/dev-hub';
import express, { RequestHandler } from 'express';
import { GitHubHost, GitHubHostOptions } from '../git';
import { silentLogger } from './silentLogger';

const AUTHOR = { name: 'Ada', email: 'ada@acme.example' };

/** What becomes of a request: it is answered, never arrives, or is carried out and its answer is lost. */
export type Gate = (request: string) => 'pass' | 'lose-request' | 'lose-answer';

const NAME = 'fleet-gitops';

/** A real Git host over HTTP on a free port, with the repository `acme/fleet-gitops` and as many others as are asked for. */
export class TestGitHost {
  /** `GET /repos/…` of every API request since the last `requests.length = 0`. */
  readonly requests: string[] = [];
  /** Stands between the client and the host. */
  gate: Gate = () => 'pass';
  readonly #host: GitHost;
  readonly #server: Server;
  readonly #directory: string;
  readonly url: string;

  static async start(options: {
    files: ReadonlyMap<string, string>;
    protectedBranches?: GitHostOptions['repositories'][number]['protectedBranches'];
    /** Names of other repositories with the same files. */
    others?: string[];
  }): Promise<TestGitHost> {
    const directory = await mkdtemp(join(tmpdir(), 'fleet-git-'));
    const host = await createGitHost({
      root: directory,
      tokens: [
        { token: 'writer', user: { login: 'fleet-bot' } },
        { token: 'person', user: { login: 'ada' }, access: 'admin' },
        { token: 'reader', user: { login: 'rita' }, access: 'read' },
      ],
      repositories: [NAME, ...(options.others ?? [])].map(name => ({
        owner: 'acme',
        name,
        protectedBranches: options.protectedBranches,
        commits: [
          {
            changes: options.files,
            message: 'Start',
            author: AUTHOR,
            date: new Date(),
          },
        ],
      })),
    });
    const app = express();
    const server = createServer(app);
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', () => resolve());
    });
    const test = new TestGitHost(host, server, directory);
    app.use('/api/v3', test.#passGate);
    app.use(host.app);
    return test;
  }

  readonly #passGate: RequestHandler = (request, response, next) => {
    const name = `${request.method} ${request.path}`;
    this.requests.push(name);
    const fate = this.gate(name);
    if (fate === 'lose-request') {
      request.socket.destroy();
      return;
    }
    if (fate === 'lose-answer') {
      const lose = () => response.socket?.destroy() as never;
      Object.assign(response, { writeHead: lose, write: lose, end: lose });
    }
    next();
  };

  private constructor(host: GitHost, server: Server, directory: string) {
    this.#host = host;
    this.#server = server;
    this.#directory = directory;
    const { port } = server.address() as AddressInfo;
    this.url = `http://127.0.0.1:${port}/acme/${NAME}`;
  }

  get faults() {
    return this.#host.faults;
  }

  get git() {
    return this.repository().git;
  }

  repository(name = NAME) {
    return this.#host.repository('acme', name)!;
  }

  /** Newest first. */
  pullRequests(repository?: string) {
    return this.repository(repository).pullRequests.list();
  }

  /** A person presses Merge. */
  async merge(number: number): Promise<void> {
    await this.#person('PUT', `/pulls/${number}/merge`, {});
  }

  /** A person closes a pull request without a merge. */
  async close(number: number): Promise<void> {
    await this.#person('PATCH', `/pulls/${number}`, { state: 'closed' });
  }

  /** The product's client for this host, as its configuration would make it. */
  client(
    token: string | undefined = 'writer',
    options: Partial<GitHubHostOptions> = {},
  ): GitHubHost {
    const { origin, host } = new URL(this.url);
    return GitHubHost.fromConfig({
      config: new ConfigReader({
        integrations: {
          github: [{ host, apiBaseUrl: `${origin}/api/v3`, token }],
        },
      }),
      logger: silentLogger,
      unthrottled: true,
      retryBaseMs: 0,
      sleep: async () => {},
      ...options,
    });
  }

  /** Somebody else commits. */
  async commit(
    changes: Record<string, string | undefined>,
    options: { branch?: string; message?: string } = {},
  ): Promise<string> {
    const branch = options.branch ?? 'main';
    const { sha } = await this.git.commitFiles({
      branch,
      changes: new Map(Object.entries(changes)),
      message: options.message ?? 'Edit by hand',
      author: { ...AUTHOR, date: new Date() },
    });
    return sha;
  }

  async files(ref = 'main'): Promise<ReadonlyMap<string, string>> {
    return (await this.git.snapshot(ref)).files;
  }

  /** Messages on a branch, newest first. */
  async log(ref = 'main', repository = NAME): Promise<string[]> {
    const { git } = this.repository(repository);
    const from = await git.resolve(ref);
    const commits = await git.log({ from: from! });
    return commits.map(commit => commit.message);
  }

  async #person(method: string, path: string, body: object): Promise<void> {
    const { origin } = new URL(this.url);
    const response = await fetch(
      `${origin}/api/v3/repos/acme/fleet-gitops${path}`,
      {
        method,
        headers: {
          authorization: 'Bearer person',
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      },
    );
    if (!response.ok) throw new Error(await response.text());
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
    this.#host.close();
    await rm(this.#directory, { recursive: true, force: true });
  }
}
