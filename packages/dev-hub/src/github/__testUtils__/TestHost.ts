import { mkdtemp, rm } from 'fs/promises';
import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { Octokit } from '@octokit/rest';
import express from 'express';
import {
  createGitHost,
  type GitHost,
  type GitHostOptions,
} from '../createGitHost';
import { GithubContract } from './GithubContract';

const AUTHOR = { name: 'Ada Lovelace', email: 'ada@acme.example' };

export const TEST_FILES = new Map([
  ['README.md', '# Fleet\n\nHello <b>world</b>\n'],
  ['clusters/spoke-eu.yaml', 'kind: Secret\nname: spoke-eu\n'],
  ['services/payments/values.yaml', 'image:\n  tag: 1.0.0\n'],
]);

/** A Git host with one repository on a free port, whose API is held against GitHub's description. */
export class TestHost {
  private constructor(
    readonly host: GitHost,
    readonly contract: GithubContract,
    readonly url: string,
    readonly directory: string,
    private readonly server: Server,
  ) {}

  static async start(options: Partial<GitHostOptions> = {}): Promise<TestHost> {
    const directory = await mkdtemp(join(tmpdir(), 'git-host-'));
    const host = await createGitHost({
      root: directory,
      tokens: [
        {
          token: 'writer-token',
          user: { login: 'ada', ...AUTHOR },
        },
        { token: 'second-token', user: { login: 'bob' } },
        { token: 'reader-token', user: { login: 'rita' }, access: 'read' },
        {
          token: 'other-token',
          user: { login: 'otto' },
          access: { 'acme/other': 'write' },
        },
      ],
      repositories: [
        {
          owner: 'acme',
          name: 'fleet-gitops',
          description: 'What runs where',
          commits: [
            {
              changes: TEST_FILES,
              message: 'Start the fleet',
              author: AUTHOR,
              date: new Date('2026-01-02T03:04:05Z'),
              tag: 'v1',
            },
          ],
        },
      ],
      ...options,
    });
    const contract = new GithubContract();
    const app = express();
    app.use('/api/v3', contract.middleware);
    app.use(host.app);
    const server = createServer(app);
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    return new TestHost(
      host,
      contract,
      `http://127.0.0.1:${port}`,
      directory,
      server,
    );
  }

  get repository() {
    return this.host.repository('acme', 'fleet-gitops')!;
  }

  octokit(token: string | undefined = 'writer-token'): Octokit {
    const silent = () => {};
    return new Octokit({
      auth: token || undefined,
      baseUrl: `${this.url}/api/v3`,
      log: { debug: silent, info: silent, warn: silent, error: silent },
    });
  }

  /** Fails where a request or an answer was not as GitHub describes it. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
    this.host.close();
    await rm(this.directory, { recursive: true, force: true });
    if (this.contract.violations.length > 0) {
      throw new Error(
        `Not as GitHub describes it:\n${this.contract.violations.join('\n')}`,
      );
    }
  }
}
