import { GlobError } from './errors';

/**
 * Whether a whole path matches a pattern in which `**` between slashes stands for any number of directories, `*` and `?`
 * stop at "/", `{a,b}` lists alternatives, and classes are `[a-z]`, `[^a-z]` or `[!a-z]`.
 *
 * It is what Argo CD uses for files where its new file globbing is switched on. Source: `github.com/bmatcuk/doublestar`.
 *
 * @throws GlobError where the pattern is malformed
 * @public
 */
export function matchDoublestar(pattern: string, path: string): boolean {
  const names = path.split('/');
  return expandBraces(pattern, pattern).some(alternative =>
    matchSegments(compileSegments(alternative, pattern), 0, names, 0),
  );
}

/** `undefined` stands for `**`. */
type Segment = RegExp | undefined;

function compileSegments(alternative: string, pattern: string): Segment[] {
  return splitSegments(alternative).map(segment =>
    segment === '**' ? undefined : compileSegment(segment, pattern),
  );
}

function matchSegments(
  segments: Segment[],
  segmentIndex: number,
  names: string[],
  nameIndex: number,
): boolean {
  if (segmentIndex === segments.length) {
    return nameIndex === names.length;
  }
  const segment = segments[segmentIndex];
  if (segment) {
    return (
      nameIndex < names.length &&
      segment.test(names[nameIndex]) &&
      matchSegments(segments, segmentIndex + 1, names, nameIndex + 1)
    );
  }
  for (let index = nameIndex; index <= names.length; index++) {
    if (matchSegments(segments, segmentIndex + 1, names, index)) {
      return true;
    }
  }
  return false;
}

/** Splits at slashes outside classes. */
function splitSegments(pattern: string): string[] {
  return (
    pattern.match(/(?:\\[^]|\[(?:\\[^]|[^\]\\])*\]|[^/\\[]|[\\[])+/g) ?? ['']
  );
}

/** The alternatives of a pattern, its first pair of braces replaced by each of its parts. */
function expandBraces(text: string, pattern: string): string[] {
  const open = findUnescaped(text, 0, '{');
  if (open < 0) {
    return [text];
  }
  const parts: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let index = open + 1; index < text.length; index++) {
    const char = text[index];
    if (char === '\\') {
      index++;
    } else if (char === '{') {
      depth++;
    } else if (depth === 0 && (char === ',' || char === '}')) {
      parts.push(text.slice(start, index));
      start = index + 1;
      if (char === '}') {
        return parts.flatMap(part =>
          expandBraces(
            text.slice(0, open) + part + text.slice(index + 1),
            pattern,
          ),
        );
      }
    } else if (char === '}') {
      depth--;
    }
  }
  throw new GlobError(pattern);
}

function findUnescaped(text: string, from: number, wanted: string): number {
  for (let index = from; index < text.length; index++) {
    if (text[index] === '\\') {
      index++;
    } else if (text[index] === wanted) {
      return index;
    }
  }
  return -1;
}

function compileSegment(segment: string, pattern: string): RegExp {
  let source = '';
  let index = 0;
  const chars = Array.from(segment);
  while (index < chars.length) {
    const char = chars[index++];
    if (char === '*') {
      source += '[^/]*';
    } else if (char === '?') {
      source += '[^/]';
    } else if (char === '[') {
      const end = endOfClass(chars, index, pattern);
      source += compileClass(chars.slice(index, end), pattern);
      index = end + 1;
    } else if (char === '\\') {
      if (index >= chars.length) {
        throw new GlobError(pattern);
      }
      source += escape(chars[index++]);
    } else {
      source += escape(char);
    }
  }
  return new RegExp(`^(?:${source})$`, 'su');
}

function endOfClass(chars: string[], from: number, pattern: string): number {
  for (let index = from; index < chars.length; index++) {
    if (chars[index] === '\\') {
      index++;
    } else if (chars[index] === ']') {
      return index;
    }
  }
  throw new GlobError(pattern);
}

function compileClass(chars: string[], pattern: string): string {
  const negated = chars[0] === '!' || chars[0] === '^';
  const items = negated ? chars.slice(1) : chars;
  if (items.length === 0) {
    throw new GlobError(pattern);
  }
  let source = '';
  let index = 0;
  const read = () => {
    if (items[index] === '\\') {
      index++;
    }
    return items[index++] ?? '';
  };
  while (index < items.length) {
    const low = read();
    if (items[index] === '-' && index + 1 < items.length) {
      index++;
      const high = read();
      // A range that runs backwards takes nothing.
      source += low <= high ? `${escape(low)}-${escape(high)}` : '';
    } else {
      source += escape(low);
    }
  }
  return `[${negated ? '^' : ''}${source}]`;
}

function escape(char: string): string {
  return /[\p{L}\p{N}_]/u.test(char)
    ? char
    : `\\u{${char.codePointAt(0)!.toString(16)}}`;
}
