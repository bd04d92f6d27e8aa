import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createPublishGithubPullRequestAction } from '@backstage/plugin-scaffolder-backend-module-github';
import { createGitHost } from '@backstage-fleet/dev-hub';

const REPOSITORY = { owner: 'acme', name: 'fleet-gitops' };
const TOKEN = 'writer';

/**
 * API requests that Backstage's own `publish:github:pull-request` makes, counted at the embedded Git host.
 *
 * @param files - what the repository has
 * @param edited - files of the pull request, with their new text
 */
export async function countPublishRequests(
  files: ReadonlyMap<string, string>,
  edited: ReadonlyMap<string, string>,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'publish-'));
  const host = await createGitHost({
    root: join(folder, 'host'),
    tokens: [{ token: TOKEN, user: { login: 'fleet-bot' } }],
    repositories: [
      {
        ...REPOSITORY,
        commits: [
          {
            changes: files,
            message: 'Start',
            author: { name: 'Ada', email: 'ada@acme.example' },
            date: new Date(),
          },
        ],
      },
    ],
  });
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    host.app(request, response);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const workspacePath = join(folder, 'workspace');
  await writeFiles(workspacePath, edited);
  try {
    await publish(address, workspacePath);
    const [pullRequest] = await host
      .repository(REPOSITORY.owner, REPOSITORY.name)!
      .pullRequests.list();
    if (!pullRequest)
      throw new Error('publish:github:pull-request opened none');
    return requests;
  } finally {
    server.closeAllConnections();
    server.close();
    host.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [path, text] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** Runs the action as a task would. */
async function publish(address: string, workspacePath: string): Promise<void> {
  const action = createPublishGithubPullRequestAction({
    integrations: ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          github: [
            {
              host: address,
              apiBaseUrl: `http://${address}/api/v3`,
              token: TOKEN,
            },
          ],
        },
      }),
    ),
  });
  const silent = () => {};
  const context = {
    workspacePath,
    input: {
      repoUrl: `${address}?owner=${REPOSITORY.owner}&repo=${REPOSITORY.name}`,
      branchName: 'change',
      title: 'Change',
      description: 'The same edits',
    },
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    output: silent,
    checkpoint: ({ fn }: { fn: () => unknown }) => fn(),
  };
  await action.handler(context as never);
}
