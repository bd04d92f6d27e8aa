import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { InvalidGitInputError } from './errors';
import { assertTreePath, isSha } from './names';
import type { ObjectReader } from './ObjectReader';
import { runGit } from './process';
import type { FileMode, TreeChange, TreeEntry } from './types';

/** Lists a tree. Submodules and symbolic links are entries like others. */
export async function listTree(
  directory: string,
  tree: string,
  options: { recursive?: boolean; includeTrees?: boolean } = {},
): Promise<TreeEntry[]> {
  const flags = ['-z', '-l'];
  if (options.recursive) {
    flags.push('-r');
    if (options.includeTrees) {
      flags.push('-t');
    }
  }
  const { stdout } = await runGit(directory, ['ls-tree', ...flags, tree]);
  return stdout
    .toString('utf8')
    .split('\0')
    .filter(Boolean)
    .map(line => {
      const tab = line.indexOf('\t');
      const [mode, type, sha, size] = line.slice(0, tab).split(/ +/);
      return {
        path: line.slice(tab + 1),
        mode: mode as FileMode,
        type: type as TreeEntry['type'],
        sha,
        ...(size === '-' ? {} : { size: Number(size) }),
      };
    });
}

/** Writes blobs with one process; the SHAs come back in the order of the contents. */
export async function writeBlobs(
  directory: string,
  contents: Array<string | Uint8Array>,
): Promise<string[]> {
  if (contents.length <= 1) {
    return Promise.all(
      contents.map(async content =>
        (
          await runGit(directory, ['hash-object', '-w', '--stdin'], {
            input: content,
          })
        ).stdout
          .toString()
          .trim(),
      ),
    );
  }
  const scratch = await mkdtemp(join(tmpdir(), 'dev-hub-blobs-'));
  try {
    const paths = contents.map((_, index) => join(scratch, String(index)));
    for (const [index, content] of contents.entries()) {
      await writeFile(paths[index], content);
    }
    const { stdout } = await runGit(
      directory,
      ['hash-object', '-w', '--no-filters', '--stdin-paths'],
      { input: `${paths.join('\n')}\n` },
    );
    return stdout.toString().trim().split('\n');
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * Writes the tree that results from changes to a base tree (or to nothing) and returns its SHA.
 *
 * @throws InvalidGitInputError for malformed paths, objects that do not exist, and deletions of what is not there.
 */
export async function writeTree(options: {
  directory: string;
  reader: ObjectReader;
  baseTree?: string;
  changes: readonly TreeChange[];
}): Promise<string> {
  const { directory, reader, baseTree, changes } = options;
  changes.forEach(change => assertTreePath(change.path));
  const lines = await indexLines(directory, reader, changes, baseTree);
  const scratch = await mkdtemp(join(tmpdir(), 'dev-hub-index-'));
  try {
    const environment = { GIT_INDEX_FILE: join(scratch, 'index') };
    if (baseTree) {
      await runGit(directory, ['read-tree', baseTree], { environment });
    }
    await runGit(
      directory,
      ['update-index', '--add', '--replace', '-z', '--index-info'],
      { environment, input: lines.map(line => `${line}\0`).join('') },
    );
    const { stdout } = await runGit(directory, ['write-tree'], { environment });
    return stdout.toString().trim();
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const NO_OBJECT = '0'.repeat(40);

async function indexLines(
  directory: string,
  reader: ObjectReader,
  changes: readonly TreeChange[],
  baseTree: string | undefined,
): Promise<string[]> {
  const inline = changes.filter(change => change.content !== undefined);
  const shas = await writeBlobs(
    directory,
    inline.map(change => change.content!),
  );
  const written = new Map(inline.map((change, index) => [change, shas[index]]));
  const lines: string[] = [];
  for (const change of changes) {
    const mode = change.mode ?? '100644';
    const blob = written.get(change);
    if (blob) {
      lines.push(`${mode} ${blob}\t${change.path}`);
    } else if (change.sha === null) {
      lines.push(...(await deletion(directory, reader, change, baseTree)));
    } else if (mode === '160000' && isSha(change.sha)) {
      lines.push(`${mode} ${change.sha}\t${change.path}`);
    } else {
      lines.push(...(await existing(directory, reader, change, mode)));
    }
  }
  return lines;
}

async function deletion(
  directory: string,
  reader: ObjectReader,
  change: TreeChange,
  baseTree: string | undefined,
): Promise<string[]> {
  const object = baseTree
    ? await reader.read(`${baseTree}:${change.path}`)
    : undefined;
  if (!object) {
    throw new InvalidGitInputError(
      `${change.path} cannot be deleted: it is not in the base tree`,
      'missing-path',
    );
  }
  if (object.type !== 'tree') {
    return [`0 ${NO_OBJECT}\t${change.path}`];
  }
  const entries = await listTree(directory, object.sha, { recursive: true });
  return entries.map(entry => `0 ${NO_OBJECT}\t${change.path}/${entry.path}`);
}

async function existing(
  directory: string,
  reader: ObjectReader,
  change: TreeChange,
  mode: FileMode,
): Promise<string[]> {
  const object = isSha(change.sha) ? await reader.read(change.sha) : undefined;
  const expected = mode === '040000' ? 'tree' : 'blob';
  if (object?.type !== expected) {
    throw new InvalidGitInputError(
      `${change.path} names the ${expected} ${change.sha}, which does not exist`,
      'object',
    );
  }
  if (expected === 'blob') {
    return [`${mode} ${object.sha}\t${change.path}`];
  }
  const entries = await listTree(directory, object.sha, { recursive: true });
  return entries.map(
    entry => `${entry.mode} ${entry.sha}\t${change.path}/${entry.path}`,
  );
}
