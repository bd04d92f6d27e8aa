import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { git, tryGit } from './git';

/**
 * Text files of a directory as they are on the disk, by path relative to it: those that Git knows or would add, without Git
 * all. Binary files and links are left out.
 *
 * @throws with the directory, where it is none
 */
export async function readCheckout(
  directory: string,
): Promise<Map<string, string>> {
  const stats = await lstat(join(directory, '.')).catch(() => undefined);
  if (!stats?.isDirectory())
    throw new Error(`${directory} is not a directory.`);
  const files = new Map<string, string>();
  for (const path of await listFiles(directory)) {
    const file = join(directory, path);
    // Removed from the disk, but not yet from Git's index.
    const entry = await lstat(file).catch(() => undefined);
    if (!entry?.isFile()) continue;
    const content = await readFile(file);
    if (!content.includes(0)) files.set(path, content.toString('utf8'));
  }
  return files;
}

async function listFiles(directory: string): Promise<string[]> {
  if (tryGit(directory, ['rev-parse', '--is-inside-work-tree']) === 'true') {
    const args = [
      'ls-files',
      '-z',
      '--cached',
      '--others',
      '--exclude-standard',
    ];
    const paths = git(directory, args).toString('utf8').split('\0');
    return [...new Set(paths)].filter(Boolean).sort();
  }
  const entries = await readdir(directory, {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => relative(directory, join(entry.parentPath, entry.name)))
    .map(path => path.split(sep).join('/'))
    .sort();
}
