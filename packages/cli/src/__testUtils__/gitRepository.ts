import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const shop = join(__dirname, '..', '__fixtures__', 'shop');

/** A Git repository with the shop's files on `main`, in a directory that `remove` takes away. */
export function createShopRepository() {
  const directory = mkdtempSync(join(tmpdir(), 'fleet-cli-'));
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: directory,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_AUTHOR_NAME: 'Shop',
        GIT_AUTHOR_EMAIL: 'shop@example.com',
        GIT_COMMITTER_NAME: 'Shop',
        GIT_COMMITTER_EMAIL: 'shop@example.com',
      },
    }).trim();
  cpSync(shop, directory, { recursive: true });
  git('init', '-q', '-b', 'main');
  const commit = (message: string) => {
    git('add', '--all');
    git('commit', '-q', '-m', message);
    return git('rev-parse', 'HEAD');
  };
  commit('Start the shop');
  return {
    directory,
    git,
    commit,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
