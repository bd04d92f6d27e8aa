import { BadPattern, isValidPattern, matchPattern } from './doublestarMatch';
import {
  cleanPath,
  escapeMeta,
  hasMiddleDoublestar,
  indexMatchedOpening,
  indexMeta,
  lastIndexSlash,
  lastIndexSlashOrBrace,
  splitAlternatives,
  splitPattern,
  unescapeMeta,
} from './doublestarPattern';
import { comparePaths, FileTree } from './fileTree';

/**
 * `FilepathGlob` of `github.com/bmatcuk/doublestar` over a tree of files.
 *
 * Upstream has two ways to search, which treat duplicates differently: one for patterns with a `**` before their end,
 * `glob` for all others. Both are followed with what they do to odd patterns. Not followed is that upstream, with
 * alternatives nested over several directories, may overwrite matches in the memory two of its slices share.
 */
export class FilepathGlob {
  private base = '/';

  constructor(private readonly tree: FileTree) {}

  /**
   * The paths, of files and directories, that an absolute pattern names.
   *
   * @throws BadPattern where the pattern is malformed
   */
  find(absolutePattern: string): string[] {
    const { base, pattern } = splitPattern(cleanPath(absolutePattern));
    this.base = base;
    if (!isValidPattern(Array.from(pattern))) {
      throw new BadPattern();
    }
    let found: string[] = [];
    if (hasMiddleDoublestar(pattern)) {
      this.walk(pattern, true, path => found.push(path));
    } else {
      found = this.glob(pattern, [], true);
    }
    return found.map(path => cleanPath(`${base}/${path}`));
  }

  /**
   * `doGlob`.
   *
   * @param matches - what was found so far; it takes part in the search for directories, as upstream
   * @param last - whether the pattern is the end of the whole, so that files match
   */
  private glob(pattern: string, matches: string[], last: boolean): string[] {
    if (indexMeta(pattern) < 0) {
      const path = unescapeMeta(pattern);
      return this.exists(path) ? [...matches, path] : matches;
    }
    const split = splitLastSegment(pattern);
    if ('closing' in split) {
      return this.globAlternatives(pattern, split, matches, last);
    }
    const directories = split.plain
      ? [unescapeMeta(split.directory)]
      : this.glob(split.directory, matches, false);
    return directories.reduce(
      (found, directory) => [
        ...found,
        ...this.list(directory, split.name, last),
      ],
      matches,
    );
  }

  /** `globAlts`. */
  private globAlternatives(
    pattern: string,
    { opening, closing }: Braces,
    matches: string[],
    last: boolean,
  ): string[] {
    const prefix = prefixOf(pattern, opening);
    const directories =
      prefix === undefined ? [''] : this.glob(prefix, matches, false);
    let found = matches;
    for (const directory of directories) {
      const kept = found.slice();
      let own: string[] = [];
      for (const alternative of alternativesOf(
        directory,
        pattern,
        { opening, closing },
        prefix,
      )) {
        const before = kept.length + own.length;
        const all = this.glob(alternative, [...kept, ...own], last);
        own = mergeMatches(own, all.slice(before));
      }
      found = [...kept, ...own];
    }
    return found;
  }

  /** `doGlobWalk`. */
  private walk(pattern: string, last: boolean, visit: Visit): void {
    if (indexMeta(pattern) < 0) {
      const path = unescapeMeta(pattern);
      if (this.exists(path)) {
        visit(path);
      }
      return;
    }
    const split = splitLastSegment(pattern);
    if ('closing' in split) {
      this.walkAlternatives(pattern, split, last, visit);
      return;
    }
    const visitDirectory = (directory: string) =>
      this.list(directory, split.name, last).forEach(visit);
    if (split.plain) {
      visitDirectory(unescapeMeta(split.directory));
    } else {
      this.walk(split.directory, false, visitDirectory);
    }
  }

  /** `globAltsWalk`. */
  private walkAlternatives(
    pattern: string,
    braces: Braces,
    last: boolean,
    visit: Visit,
  ): void {
    const found = new Set<string>();
    const prefix = prefixOf(pattern, braces.opening);
    const visitDirectory = (directory: string) => {
      for (const alternative of alternativesOf(
        directory,
        pattern,
        braces,
        prefix,
      )) {
        this.walk(alternative, last, path => found.add(path));
      }
    };
    if (prefix === undefined) {
      visitDirectory('');
    } else {
      this.walk(prefix, false, visitDirectory);
    }
    Array.from(found).sort(comparePaths).forEach(visit);
  }

  /** `globDir`: what of a directory matches the last segment of a pattern. */
  private list(directory: string, name: string, last: boolean): string[] {
    const path = this.resolve(directory);
    if (path === undefined || this.tree.kind(path) !== 'directory') {
      return [];
    }
    if (name === '') {
      return [directory];
    }
    if (name === '**') {
      return this.listAll(directory, path, last);
    }
    return this.tree
      .entries(path)
      .filter(entry => matchPattern(name, entry.name, false))
      .filter(entry => last || entry.kind === 'directory')
      .map(entry => join(directory, entry.name));
  }

  private listAll(directory: string, path: string, last: boolean): string[] {
    return [
      directory,
      ...this.tree.entries(path).flatMap(({ name, kind }) => {
        const child = join(directory, name);
        if (kind === 'directory') {
          return this.listAll(child, join(path, name), last);
        }
        return last ? [child] : [];
      }),
    ];
  }

  private exists(path: string): boolean {
    const resolved = this.resolve(path.replace(/(?<=.)\/$/s, ''));
    return resolved !== undefined && this.tree.kind(resolved) !== undefined;
  }

  /** The absolute path; `undefined` for what Go's `fs.ValidPath` refuses. */
  private resolve(path: string): string | undefined {
    if (path === '.') {
      return this.base;
    }
    return path.split('/').some(part => ['', '.', '..'].includes(part))
      ? undefined
      : join(this.base, path);
  }
}

type Visit = (path: string) => void;

/** The indexes of a pattern's last pair of braces. */
interface Braces {
  opening: number;
  closing: number;
}

interface LastSegment {
  directory: string;
  name: string;
  /** Whether the directory has no wildcards. */
  plain: boolean;
}

function splitLastSegment(pattern: string): LastSegment | Braces {
  let split = lastIndexSlashOrBrace(pattern);
  if (pattern[split] === '}') {
    const opening = indexMatchedOpening(pattern.slice(0, split));
    if (opening >= 0) {
      return { opening, closing: split };
    }
    split = lastIndexSlash(pattern.slice(0, split));
  }
  return {
    directory: split < 0 ? '.' : pattern.slice(0, split),
    name: pattern.slice(split + 1),
    plain: split <= indexMeta(pattern),
  };
}

/** What stands before the segment that begins the braces; `undefined` where nothing can be searched before them. */
function prefixOf(pattern: string, opening: number): string | undefined {
  const split = lastIndexSlashOrBrace(pattern.slice(0, opening));
  return split < 0 || pattern[split] === '}'
    ? undefined
    : pattern.slice(0, split);
}

/** `buildAlt`: the pattern with each alternative in the place of the braces, behind a directory that was found. */
function alternativesOf(
  directory: string,
  pattern: string,
  { opening, closing }: Braces,
  prefix: string | undefined,
): string[] {
  const start = prefix === undefined ? 0 : prefix.length + 1;
  const before = ['', '.'].includes(directory)
    ? ''
    : `${escapeMeta(directory)}/`;
  return splitAlternatives(pattern.slice(opening + 1, closing)).map(
    part =>
      before +
      pattern.slice(start, opening) +
      part +
      pattern.slice(closing + 1),
  );
}

/**
 * `sortAndRemoveDups`, step by step: lists that are not sorted or have duplicates themselves come out as upstream, which
 * merges in place.
 */
function mergeMatches(first: string[], second: string[]): string[] {
  const merged = [...first, ...second];
  if (first.length === 0 || second.length === 0) {
    return merged;
  }
  const from = first.length;
  for (let index = 0; index < from; index++) {
    const order = comparePaths(merged[index], merged[from]);
    if (order > 0) {
      const moved = merged[index];
      merged[index] = merged[from];
      let shift = from + 1;
      while (shift < merged.length && comparePaths(merged[shift], moved) < 0) {
        merged[shift - 1] = merged[shift];
        shift++;
      }
      merged[shift - 1] = moved;
    } else if (order === 0) {
      merged.splice(from, 1);
      if (merged.length === from) {
        break;
      }
    }
  }
  return merged;
}

function join(directory: string, name: string): string {
  if (directory === '.') {
    return name;
  }
  return directory === '/' ? `/${name}` : `${directory}/${name}`;
}
