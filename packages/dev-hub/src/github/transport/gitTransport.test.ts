import { execFile } from 'child_process';
import { mkdtemp, readFile, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import { gitEnvironment } from '../../git/process';
import { TestHost } from '../__testUtils__/TestHost';

const execute = promisify(execFile);

// Every step starts git processes; a busy machine takes its time.
jest.setTimeout(60_000);

describe('git over HTTP', () => {
  let test: TestHost;
  let folder: string;
  beforeEach(async () => {
    test = await TestHost.start();
    folder = await mkdtemp(join(tmpdir(), 'clone-'));
    await git('clone', '--quiet', `${test.url}/acme/fleet-gitops`, folder);
  });
  afterEach(async () => {
    await test.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function git(...args: string[]): Promise<string> {
    const { stdout, stderr } = await execute('git', args, {
      cwd: folder,
      env: gitEnvironment({
        GIT_AUTHOR_NAME: 'A',
        GIT_AUTHOR_EMAIL: 'a@b',
        GIT_COMMITTER_NAME: 'A',
        GIT_COMMITTER_EMAIL: 'a@b',
        GIT_ASKPASS: 'true',
      }),
    });
    return stdout + stderr;
  }
  const remote = (token: string) =>
    `${test.url.replace('//', `//x:${token}@`)}/acme/fleet-gitops.git`;
  const commit = async () => {
    await writeFile(join(folder, 'new'), 'x');
    await git('add', '.');
    await git('commit', '--quiet', '-m', 'Push');
  };

  it('clones, pushes, and tells listeners at once', async () => {
    expect(await readFile(join(folder, 'README.md'), 'utf8')).toMatch(
      /^# Fleet/,
    );
    const seen: unknown[] = [];
    test.repository.git.onRefChanged(change => seen.push(change));
    const before = await test.repository.git.resolve('main');
    await commit();
    await git('push', remote('writer-token'), 'main', 'main:topic');
    const after = await test.repository.git.resolve('main');
    expect(after).toBe((await git('rev-parse', 'HEAD')).trim());
    expect(seen).toEqual([
      { ref: 'refs/heads/main', before, after },
      { ref: 'refs/heads/topic', before: undefined, after },
    ]);
    expect((await test.repository.git.snapshot('topic')).files.get('new')).toBe(
      'x',
    );
    await git('fetch', '--quiet', `${test.url}/acme/fleet-gitops`, after!);
  });

  it.each([
    [
      'no token',
      () => `${test.url}/acme/fleet-gitops`,
      'Authentication failed',
    ],
    ['a wrong token', () => remote('wrong'), 'Authentication failed'],
    ['a reading token', () => remote('reader-token'), '403'],
    [
      'a repository that does not exist',
      () => `${test.url}/acme/nothing`,
      'not found',
    ],
  ])('refuses a push with %s', async (_, url, message) => {
    await commit();
    const before = await test.repository.git.resolve('main');
    await expect(git('push', url(), 'main')).rejects.toThrow(message);
    expect(await test.repository.git.resolve('main')).toBe(before);
  });

  it('refuses a push to a protected branch as GitHub does', async () => {
    test.repository.protectedBranches.set('main', { kind: 'protection' });
    await commit();
    const refused = git('push', remote('writer-token'), 'main');
    await expect(refused).rejects.toThrow(
      /remote: error: GH006: Protected branch update failed for refs\/heads\/main[\s\S]*main -> main \(protected branch hook declined\)/,
    );
    await git('push', remote('writer-token'), 'main:topic');
    expect(await test.repository.git.resolve('topic')).toBeDefined();
  });
});
