import { runGit } from './process';
import type { FileDiff } from './types';

/** The tree without entries, which every repository knows. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

const STATUS: Record<string, FileDiff['status']> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  T: 'changed',
};

/** What changed between two trees or commits, with renames found, ordered by path. */
export async function diffTrees(
  directory: string,
  from: string,
  to: string,
): Promise<FileDiff[]> {
  const [summary, patch] = await Promise.all([
    runGit(directory, [
      'diff',
      '--raw',
      '--numstat',
      '-z',
      '--no-abbrev',
      '-M',
      from,
      to,
    ]),
    runGit(directory, [
      'diff',
      '--no-color',
      '--no-ext-diff',
      '-M',
      '-U3',
      from,
      to,
    ]),
  ]);
  const patches = splitPatches(patch.stdout.toString('utf8'));
  return parseSummary(summary.stdout.toString('utf8')).map((file, index) => ({
    ...file,
    ...(patches[index] ? { patch: patches[index] } : {}),
  }));
}

// With -z, --raw prints ":modes shas status NUL path NUL [path NUL]" and --numstat, after it,
// "added TAB deleted TAB path NUL", where a rename has an empty path followed by both names.
function parseSummary(output: string): Array<Omit<FileDiff, 'patch'>> {
  const fields = output.split('\0');
  const files: Array<Omit<FileDiff, 'patch'>> = [];
  let position = 0;
  while (fields[position]?.startsWith(':')) {
    const [, , before, after, status] = fields[position].split(' ');
    const renamed = status.startsWith('R');
    const path = fields[position + (renamed ? 2 : 1)];
    files.push({
      path,
      ...(renamed ? { previousPath: fields[position + 1] } : {}),
      status: STATUS[status[0]] ?? 'changed',
      sha: status === 'D' ? before : after,
      additions: 0,
      deletions: 0,
    });
    position += renamed ? 3 : 2;
  }
  for (const file of files) {
    const [additions, deletions, path] = (fields[position] ?? '').split('\t');
    file.additions = Number(additions) || 0;
    file.deletions = Number(deletions) || 0;
    position += path === '' ? 3 : 1;
  }
  return files;
}

// Lines of file contents start with a space, "+", "-" or "\", so these words at a line's start are always a header.
function splitPatches(output: string): Array<string | undefined> {
  if (!output) {
    return [];
  }
  return output
    .replace(/\n$/, '')
    .split(/^diff --git .*\n/m)
    .slice(1)
    .map(section => {
      const start = section.search(/^@@ /m);
      return start < 0 ? undefined : section.slice(start).replace(/\n$/, '');
    });
}
