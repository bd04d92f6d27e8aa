import { execFile } from 'child_process';
import { mkdtemp, readFile, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';

const run = promisify(execFile);

/** Of the embedded Git host, as the README says. */
const PASSWORD = 'embedded-git-token';

/** Changes a file of a repository as a person does: clone, commit, push. */
export async function editByGit(
  url: string,
  path: string,
  edit: (text: string) => string,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fleet-journey-'));
  try {
    const { protocol, host, pathname } = new URL(url);
    const settings = [
      'user.name=Ada',
      'user.email=ada@acme.example',
      // Whatever this machine's own settings are.
      'commit.gpgSign=false',
      'http.proxy=',
    ].flatMap(setting => ['-c', setting]);
    const git = (...args: string[]) =>
      run('git', [...settings, ...args], {
        cwd: folder,
        env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
      });
    await git('clone', `${protocol}//ada:${PASSWORD}@${host}${pathname}`, '.');
    const file = join(folder, path);
    const before = await readFile(file, 'utf8');
    const after = edit(before);
    if (after === before) throw new Error(`${path} is as it was`);
    await writeFile(file, after);
    await git('commit', '--all', '--message', `Edit ${path}`);
    await git('push', 'origin', 'HEAD');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
