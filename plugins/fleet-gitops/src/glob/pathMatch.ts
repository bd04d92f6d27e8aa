import { GlobError } from './errors';

/**
 * Whether a whole path matches a pattern of Go's `path.Match`: `*` and `?` stop at "/", classes are `[a-z]` and `[^a-z]`,
 * a backslash takes the next character as it is. There is no `**` and there are no braces.
 *
 * @throws GlobError where the pattern is malformed, also behind the part that decides
 * @public
 */
export function matchPath(pattern: string, path: string): boolean {
  const items = parsePattern(pattern);
  const chars = Array.from(path);
  // On a mismatch the latest star takes one character more.
  let item = 0;
  let char = 0;
  let starItem = -1;
  let starChar = 0;
  while (char < chars.length) {
    const current = items[item];
    if (current?.kind === 'star') {
      starItem = item++;
      starChar = char;
    } else if (current && matchesOne(current, chars[char])) {
      item++;
      char++;
    } else if (starItem >= 0 && chars[starChar] !== '/') {
      starChar++;
      char = starChar;
      item = starItem + 1;
    } else {
      return false;
    }
  }
  return items.slice(item).every(rest => rest.kind === 'star');
}

type Item =
  | { kind: 'star' }
  | { kind: 'any' }
  | { kind: 'literal'; char: string }
  | { kind: 'class'; negated: boolean; ranges: Array<[number, number]> };

function parsePattern(pattern: string): Item[] {
  const chars = Array.from(pattern);
  const items: Item[] = [];
  let index = 0;

  function readClassChar(): number {
    if (index >= chars.length || chars[index] === '-' || chars[index] === ']') {
      throw new GlobError(pattern);
    }
    if (chars[index] === '\\') {
      index++;
    }
    // A class needs at least its closing bracket behind each character.
    if (index + 1 >= chars.length) {
      throw new GlobError(pattern);
    }
    return chars[index++].codePointAt(0)!;
  }

  function readClass(): Item {
    const negated = chars[index] === '^';
    if (negated) {
      index++;
    }
    const ranges: Array<[number, number]> = [];
    while (ranges.length === 0 || chars[index] !== ']') {
      const low = readClassChar();
      let high = low;
      if (chars[index] === '-') {
        index++;
        high = readClassChar();
      }
      ranges.push([low, high]);
    }
    index++;
    return { kind: 'class', negated, ranges };
  }

  while (index < chars.length) {
    const char = chars[index++];
    if (char === '*') {
      items.push({ kind: 'star' });
    } else if (char === '?') {
      items.push({ kind: 'any' });
    } else if (char === '[') {
      items.push(readClass());
    } else if (char === '\\') {
      if (index >= chars.length) {
        throw new GlobError(pattern);
      }
      items.push({ kind: 'literal', char: chars[index++] });
    } else {
      items.push({ kind: 'literal', char });
    }
  }
  return items;
}

function matchesOne(item: Item, char: string): boolean {
  switch (item.kind) {
    case 'any':
      return char !== '/';
    case 'literal':
      return char === item.char;
    case 'class': {
      const code = char.codePointAt(0)!;
      return (
        item.ranges.some(([low, high]) => low <= code && code <= high) !==
        item.negated
      );
    }
    default:
      return false;
  }
}
