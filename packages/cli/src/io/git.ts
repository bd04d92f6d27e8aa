import { execFileSync } from 'node:child_process';

/** The command line of Git failed; the message is Git's own. */
export class GitError extends Error {}

const MAX_OUTPUT = 1024 * 1024 * 1024;

/**
 * Runs Git in a directory.
 *
 * @throws GitError with the first line that Git says
 */
export function git(directory: string, args: string[], input?: string): Buffer {
  try {
    return execFileSync('git', ['-C', directory, ...args], {
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: MAX_OUTPUT,
      // Messages in English, paths as they are.
      env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
    });
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: Buffer };
    if (code === 'ENOENT')
      throw new GitError('Git is not installed: there is no command `git`.');
    const [line] = (stderr?.toString('utf8') ?? '').split('\n');
    throw new GitError(line || `git ${args[0]} failed in ${directory}.`);
  }
}

/** What Git prints, trimmed; `undefined` where it fails. */
export function tryGit(directory: string, args: string[]): string | undefined {
  try {
    return git(directory, args).toString('utf8').trim();
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}

/**
 * The commit that a branch, tag or SHA names.
 *
 * @throws with the revision, where there is none
 */
export function resolveCommit(directory: string, revision: string): string {
  const sha = tryGit(directory, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  if (!sha) {
    throw new GitError(
      `${directory} has no commit \`${revision}\`. Fetch it first, or check the name.`,
    );
  }
  return sha;
}

/** Text files of a directory at a commit, by path relative to the directory. Binary files and links are left out. */
export function readFilesAt(
  directory: string,
  sha: string,
): Map<string, string> {
  // Lists the part of the tree that is the directory, with paths relative to it.
  const entries = git(directory, ['ls-tree', '-r', '-z', sha])
    .toString('utf8')
    .split('\0')
    .flatMap(line => {
      const match = /^100\d+ blob ([0-9a-f]+)\t([^]+)$/.exec(line);
      return match ? [{ id: match[1], path: match[2] }] : [];
    });
  if (entries.length === 0) return new Map();
  const output = git(
    directory,
    ['cat-file', '--batch'],
    entries.map(({ id }) => `${id}\n`).join(''),
  );
  const files = new Map<string, string>();
  let position = 0;
  for (const { path } of entries) {
    // `ID blob SIZE`, a line break, the content, a line break.
    const end = output.indexOf('\n', position);
    const header = output.toString('utf8', position, end);
    const size = Number(header.split(' ')[2]);
    if (!Number.isInteger(size))
      throw new GitError(`${path} at ${sha} cannot be read: ${header}.`);
    const content = output.subarray(end + 1, end + 1 + size);
    if (!content.includes(0)) files.set(path, content.toString('utf8'));
    position = end + 1 + size + 1;
  }
  return files;
}
