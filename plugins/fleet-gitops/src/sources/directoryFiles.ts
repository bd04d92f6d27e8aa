import type { RepositorySnapshot } from '../model/repository';

type Files = Map<string, ReadonlyMap<string, string>>;

const cache = new WeakMap<object, Files>();

/**
 * The files below a directory by their path in it; all files for the empty path. Cached by snapshot.
 */
export function filesBelow(
  { files }: RepositorySnapshot,
  directory: string,
): ReadonlyMap<string, string> {
  if (directory === '') return files;
  let known = cache.get(files);
  if (!known) {
    known = new Map();
    cache.set(files, known);
  }
  const cached = known.get(directory);
  if (cached) return cached;
  const prefix = `${directory}/`;
  const below = new Map<string, string>();
  for (const [path, text] of files)
    if (path.startsWith(prefix)) below.set(path.slice(prefix.length), text);
  known.set(directory, below);
  return below;
}
