import { parse } from 'yaml';
import type { RepositorySnapshot } from '../model/repository';

/** What files say, by snapshot and path: the same values are read for many Applications. */
const cache = new WeakMap<object, Map<string, unknown>>();

/**
 * What a YAML file of a repository says; `undefined` where it is missing or not valid. Read-only.
 */
export function readYamlFile(
  repository: RepositorySnapshot,
  path: string,
): any | undefined {
  let files = cache.get(repository.files);
  if (!files) {
    files = new Map();
    cache.set(repository.files, files);
  }
  if (!files.has(path)) files.set(path, parseYaml(repository.files.get(path)));
  return files.get(path);
}

/** What a text says; `undefined` where there is none or it is not valid. */
export function parseYaml(text: string | undefined): any | undefined {
  if (text === undefined) return undefined;
  try {
    return parse(text, { merge: true, uniqueKeys: false });
  } catch {
    return undefined;
  }
}

/** A path with its `.` and `..` resolved, without `/` at either end; empty for the root. */
export function normalizePath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}
