import { isAscii } from '../gotemplate/values/goString';
import { GlobError } from './errors';
import { wildmatch } from './wildmatch';

/**
 * Finds the files that a Git pathspec names: what `git ls-files -- PATTERN` prints at the root of a checkout.
 *
 * Wildcards match "/" too, a directory stands for all below it, and magic such as `:(glob)`, `:(icase)` and `:!` is
 * understood; `attr` is not. The order of `files` is kept.
 *
 * Sources: Git `pathspec.c`, `dir.c` (`match_pathspec_item`, `git_fnmatch`).
 *
 * @throws GlobError where Git refuses the pattern
 * @public
 */
export function matchPathspec(
  pattern: string,
  files: Iterable<string>,
): string[] {
  const pathspec = parsePathspec(pattern);
  return [...files].filter(
    file => matches(pathspec, toByteString(file)) !== pathspec.exclude,
  );
}

interface Pathspec {
  /** In bytes, as everything that is compared. */
  match: string;
  /** Length of the part before the first wildcard. */
  literalLength: number;
  glob: boolean;
  ignoreCase: boolean;
  exclude: boolean;
}

interface Magic {
  top: boolean;
  literal: boolean;
  glob: boolean;
  icase: boolean;
  exclude: boolean;
}

const WILDCARD = /[*?[\\]/;
const SHORT_MAGIC = /[!"#%&',\-/:;<=>@_`~]/;

function parsePathspec(pattern: string): Pathspec {
  if (pattern === '') {
    throw new GlobError(pattern, 'is no pathspec; use "." for all files');
  }
  const { magic, path } = parseMagic(pattern);
  if (magic.literal && magic.glob) {
    throw new GlobError(pattern, 'is both literal and glob; choose one');
  }
  const match = toByteString(magic.top ? path : normalize(path, pattern));
  const wildcard = magic.literal ? -1 : match.search(WILDCARD);
  return {
    match,
    literalLength: wildcard < 0 ? match.length : wildcard,
    glob: magic.glob,
    ignoreCase: magic.icase,
    exclude: magic.exclude,
  };
}

function parseMagic(pattern: string): { magic: Magic; path: string } {
  const magic: Magic = {
    top: false,
    literal: false,
    glob: false,
    icase: false,
    exclude: false,
  };
  if (!pattern.startsWith(':')) {
    return { magic, path: pattern };
  }
  if (pattern.startsWith(':(')) {
    const end = pattern.indexOf(')');
    if (end < 0) {
      throw new GlobError(pattern, 'lacks the ")" after its pathspec magic');
    }
    for (const name of pattern.slice(2, end).split(',')) {
      if (Object.hasOwn(magic, name)) {
        magic[name as keyof Magic] = true;
      } else if (name !== '') {
        throw new GlobError(
          pattern,
          `has pathspec magic ${JSON.stringify(name)} that is not supported`,
        );
      }
    }
    return { magic, path: pattern.slice(end + 1) };
  }
  let index = 1;
  for (; index < pattern.length && pattern[index] !== ':'; index++) {
    const char = pattern[index];
    if (char === '^' || char === '!') {
      magic.exclude = true;
    } else if (char === '/') {
      magic.top = true;
    } else if (SHORT_MAGIC.test(char)) {
      throw new GlobError(
        pattern,
        `has pathspec magic ${JSON.stringify(char)} that Git does not know`,
      );
    } else {
      break;
    }
  }
  return {
    magic,
    path: pattern.slice(pattern[index] === ':' ? index + 1 : index),
  };
}

/** Resolves "." and ".." as Git does for a path at the root of a checkout. */
function normalize(path: string, pattern: string): string {
  const parts: string[] = [];
  if (path.startsWith('/')) {
    throw new GlobError(
      pattern,
      'is outside the repository; leave out the leading "/"',
    );
  }
  const segments = path.split('/');
  for (const segment of segments) {
    if (segment === '..') {
      if (parts.pop() === undefined) {
        throw new GlobError(pattern, 'is outside the repository');
      }
    } else if (segment !== '' && segment !== '.') {
      parts.push(segment);
    }
  }
  const last = segments[segments.length - 1];
  const trailingSlash =
    parts.length > 0 && (last === '' || last === '.' || last === '..');
  return parts.join('/') + (trailingSlash ? '/' : '');
}

function matches(
  { match, literalLength, glob, ignoreCase }: Pathspec,
  file: string,
): boolean {
  const same = (a: string, b: string) =>
    a === b || (ignoreCase && foldAscii(a) === foldAscii(b));
  if (match === '') {
    return true;
  }
  if (
    same(file.slice(0, match.length), match) &&
    (file.length === match.length ||
      match.endsWith('/') ||
      file[match.length] === '/')
  ) {
    return true;
  }
  if (
    literalLength === match.length ||
    !same(file.slice(0, literalLength), match.slice(0, literalLength))
  ) {
    return false;
  }
  const pattern = match.slice(literalLength);
  const text = file.slice(literalLength);
  return wildmatch(pattern, text, { pathName: glob, ignoreCase });
}

function foldAscii(text: string): string {
  return text.replace(/[A-Z]/g, char => char.toLowerCase());
}

/** A text whose characters are the UTF-8 bytes: for Git, `?` is one byte. */
function toByteString(text: string): string {
  return isAscii(text)
    ? text
    : Array.from(new TextEncoder().encode(text), byte =>
        String.fromCharCode(byte),
      ).join('');
}
