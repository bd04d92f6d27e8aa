import { InvalidGitInputError } from './errors';
import { assertTreePath, isSha } from './names';
import type { ObjectReader } from './ObjectReader';
import type { ObjectWriter, RawTreeEntry } from './ObjectWriter';
import { runGit } from './process';
import type { FileMode, TreeChange, TreeEntry } from './types';

/** Lists a tree with the sizes of its blobs. Submodules and symbolic links are entries like others. */
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

/** Reads one tree object: name (in latin1, which keeps every byte) → entry. */
export async function readRawTree(
  reader: ObjectReader,
  sha: string,
): Promise<Map<string, RawTreeEntry>> {
  const object = await reader.read(sha);
  if (object?.type !== 'tree') {
    throw new InvalidGitInputError(`${sha} is not a tree`, 'object');
  }
  const { content } = object;
  const entries = new Map<string, RawTreeEntry>();
  let position = 0;
  while (position < content.length) {
    const space = content.indexOf(0x20, position);
    const end = content.indexOf(0, space);
    entries.set(content.toString('latin1', space + 1, end), {
      mode: content.toString('latin1', position, space).padStart(6, '0'),
      sha: content.toString('hex', end + 1, end + 21),
    });
    position = end + 21;
  }
  return entries;
}

interface ResolvedChange {
  /** Names from the tree being built downwards, in latin1. */
  names: string[];
  /** Absent: the path is deleted. */
  entry?: RawTreeEntry;
}

/**
 * Writes the tree that results from changes to a base tree (or to nothing) and returns its SHA. Later changes win.
 *
 * @throws InvalidGitInputError for malformed paths, objects that do not exist, and deletions of what is not there.
 */
export async function writeTree(options: {
  reader: ObjectReader;
  writer: ObjectWriter;
  baseTree?: string;
  changes: readonly TreeChange[];
}): Promise<string> {
  const { reader, writer, baseTree, changes } = options;
  changes.forEach(change => assertTreePath(change.path));
  const resolved = await Promise.all(
    changes.map(async change => ({
      names: Buffer.from(change.path).toString('latin1').split('/'),
      entry: await resolveEntry(reader, writer, change, baseTree),
    })),
  );
  const tree = await buildTree(reader, writer, baseTree, resolved);
  return tree ?? writer.writeTree(new Map());
}

async function buildTree(
  reader: ObjectReader,
  writer: ObjectWriter,
  base: string | undefined,
  changes: ResolvedChange[],
): Promise<string | undefined> {
  const entries = base ? await readRawTree(reader, base) : new Map();
  const below = new Map<string, ResolvedChange[]>();
  for (const { names, entry } of changes) {
    const [name, ...rest] = names;
    if (rest.length > 0) {
      below.set(name, [...(below.get(name) ?? []), { names: rest, entry }]);
    } else {
      // Replaces whatever the changes so far made of it.
      below.delete(name);
      if (entry) {
        entries.set(name, entry);
      } else {
        entries.delete(name);
      }
    }
  }
  for (const [name, deeper] of below) {
    const current = entries.get(name);
    const folder = current?.mode === '040000' ? current.sha : undefined;
    const sha = await buildTree(reader, writer, folder, deeper);
    if (sha) {
      entries.set(name, { mode: '040000', sha });
    } else {
      entries.delete(name);
    }
  }
  // Git keeps no empty folders.
  return entries.size > 0 ? writer.writeTree(entries) : undefined;
}

async function resolveEntry(
  reader: ObjectReader,
  writer: ObjectWriter,
  change: TreeChange,
  baseTree: string | undefined,
): Promise<RawTreeEntry | undefined> {
  const mode = change.mode ?? '100644';
  if (change.content !== undefined) {
    return { mode, sha: await writer.writeBlob(change.content) };
  }
  if (change.sha === null) {
    if (!baseTree || !(await reader.read(`${baseTree}:${change.path}`))) {
      throw new InvalidGitInputError(
        `${change.path} cannot be deleted: it is not in the base tree`,
        'missing-path',
      );
    }
    return undefined;
  }
  const { sha } = change;
  if (mode === '160000' && isSha(sha)) {
    return { mode, sha };
  }
  const expected = mode === '040000' ? 'tree' : 'blob';
  const object = isSha(sha) ? await reader.read(sha) : undefined;
  if (object?.type !== expected) {
    throw new InvalidGitInputError(
      `${change.path} names the ${expected} ${sha}, which does not exist`,
      'object',
    );
  }
  return { mode, sha: object.sha };
}
