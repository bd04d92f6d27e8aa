/**
 * Takes doublestar patterns apart. Source: `glob.go` and `utils.go` of `github.com/bmatcuk/doublestar`, from which the
 * treatment of backslashes comes too: read from the left a backslash escapes the next character, read from the right
 * whatever follows a backslash is escaped.
 */

/** Go's `path.Clean` of an absolute path. */
export function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return `/${parts.join('/')}`;
}

/** Splits an absolute pattern at the last slash before its first wildcard; the base is a path without escapes. */
export function splitPattern(absolutePattern: string): {
  base: string;
  pattern: string;
} {
  const meta = indexMeta(absolutePattern);
  const end = meta < 0 ? absolutePattern.length : meta;
  let split = 0;
  for (let index = 0; index < end; index++) {
    if (absolutePattern[index] === '\\') {
      index++;
    } else if (absolutePattern[index] === '/') {
      split = index;
    }
  }
  return {
    base: unescapeMeta(absolutePattern.slice(0, split)) || '/',
    pattern: absolutePattern.slice(split + 1),
  };
}

/** The index of the first wildcard, bracket or opening brace, or -1. */
export function indexMeta(pattern: string): number {
  for (let index = 0; index < pattern.length; index++) {
    if ('*?[{'.includes(pattern[index])) {
      return index;
    }
    if (pattern[index] === '\\') {
      index++;
    }
  }
  return -1;
}

/** Whether `**` stands anywhere but at the very end. */
export function hasMiddleDoublestar(pattern: string): boolean {
  for (let index = 0; index < pattern.length - 3; index++) {
    if (pattern[index] === '\\') {
      index++;
    } else if (pattern.startsWith('**', index)) {
      return true;
    }
  }
  return false;
}

export function lastIndexSlashOrBrace(pattern: string): number {
  return lastIndexUnescaped(pattern, '/}');
}

export function lastIndexSlash(pattern: string): number {
  return lastIndexUnescaped(pattern, '/');
}

function lastIndexUnescaped(pattern: string, chars: string): number {
  let index = pattern.length - 1;
  while (
    index >= 0 &&
    !(chars.includes(pattern[index]) && pattern[index - 1] !== '\\')
  ) {
    index--;
  }
  return index;
}

/** The index of the `{` that a `}` right behind the text closes, or -1. */
export function indexMatchedOpening(text: string): number {
  let depth = 1;
  for (let index = text.length - 1; index >= 0; index--) {
    if (text[index - 1] !== '\\') {
      if (text[index] === '}') {
        depth++;
      } else if (text[index] === '{') {
        depth--;
        if (depth === 0) {
          return index;
        }
      }
    }
  }
  return -1;
}

/** The parts between the commas of what stands in braces; upstream leaves out an empty last one. */
export function splitAlternatives(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (char === '\\') {
      index++;
    } else if (char === '{') {
      depth++;
    } else if (char === '}') {
      depth--;
    } else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  if (start < text.length) {
    parts.push(text.slice(start));
  }
  return parts;
}

export function escapeMeta(path: string): string {
  return path.replace(/[*?[\]{}]/g, '\\$&');
}

export function unescapeMeta(pattern: string): string {
  return pattern.replace(/\\([*?[\]{}])/g, '$1');
}
