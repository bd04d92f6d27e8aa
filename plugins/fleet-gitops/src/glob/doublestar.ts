import { GlobError } from './errors';

class BadPattern extends Error {}

/**
 * Whether a whole path matches a pattern in which `**` between slashes stands for any number of directories, `*` and `?`
 * stop at "/", `{a,b}` lists alternatives, and classes are `[a-z]`, `[^a-z]` or `[!a-z]`.
 *
 * It is what Argo CD uses for files where its new file globbing is switched on. Source: `github.com/bmatcuk/doublestar`
 * `Match`.
 *
 * @throws GlobError where the pattern is malformed
 * @public
 */
export function matchDoublestar(pattern: string, path: string): boolean {
  try {
    return matchFrom(Array.from(pattern), Array.from(path), {
      pattern: 0,
      name: 0,
    });
  } catch (error) {
    throw error instanceof BadPattern ? new GlobError(pattern) : error;
  }
}

/** Where both texts are to be read on. */
interface Position {
  pattern: number;
  name: number;
}

interface State extends Position {
  /** Where to go on after the latest `**` and `*`, when what follows them does not match. */
  doublestar?: Position;
  star?: Position;
}

function matchFrom(pattern: string[], name: string[], start: State): boolean {
  const state = { ...start };
  let startOfSegment = true;
  while (state.name < name.length) {
    const char = pattern[state.pattern];
    let matched = false;
    if (char === '*') {
      const outcome = readStar(pattern, state, startOfSegment);
      if (outcome === 'rest') {
        return true;
      }
      startOfSegment = outcome === 'doublestar' && startOfSegment;
      matched = true;
    } else if (char === '{') {
      return expandBraces(pattern, state.pattern).some(alternative =>
        matchFrom(alternative, name, state),
      );
    } else if (char === '[') {
      startOfSegment = false;
      matched = readClass(pattern, name, state);
    } else if (char === '?') {
      startOfSegment = false;
      matched = name[state.name] !== '/';
      if (matched) {
        state.pattern++;
        state.name++;
      }
    } else if (char !== undefined) {
      const escaped = char === '\\';
      const wanted = pattern[state.pattern + (escaped ? 1 : 0)];
      if (wanted === undefined) {
        throw new BadPattern();
      }
      matched = wanted === name[state.name];
      if (matched) {
        state.pattern += escaped ? 2 : 1;
        state.name++;
        startOfSegment = wanted === '/';
      }
    }
    if (!matched) {
      const backtracked = backtrack(name, state);
      if (!backtracked) {
        requireValid(pattern.slice(state.pattern));
        return false;
      }
      startOfSegment = backtracked === 'doublestar';
    }
  }
  return matchesNothing(pattern.slice(state.pattern));
}

/** Reads `*` or `**`, and notes where to come back to; `rest` where the pattern ends with `**`. */
function readStar(
  pattern: string[],
  state: State,
  startOfSegment: boolean,
): 'star' | 'doublestar' | 'rest' {
  state.pattern++;
  if (pattern[state.pattern] === '*') {
    state.pattern++;
    if (startOfSegment) {
      if (state.pattern >= pattern.length) {
        return 'rest';
      }
      if (pattern[state.pattern] === '/') {
        state.pattern++;
        state.doublestar = { pattern: state.pattern, name: state.name };
        state.star = undefined;
        return 'doublestar';
      }
    }
  }
  state.star = { pattern: state.pattern, name: state.name };
  return 'star';
}

/** Lets the latest star take one character more, or else the latest double star one directory more. */
function backtrack(
  name: string[],
  state: State,
): 'star' | 'doublestar' | undefined {
  const { star, doublestar } = state;
  if (star && name[star.name] !== '/') {
    state.star = { pattern: star.pattern, name: star.name + 1 };
    state.pattern = star.pattern;
    state.name = star.name + 1;
    return 'star';
  }
  const slash = doublestar ? name.indexOf('/', doublestar.name) : -1;
  if (!doublestar || slash < 0) {
    return undefined;
  }
  state.doublestar = { pattern: doublestar.pattern, name: slash + 1 };
  state.pattern = doublestar.pattern;
  state.name = slash + 1;
  return 'doublestar';
}

function readClass(pattern: string[], name: string[], state: State): boolean {
  let index = state.pattern + 1;
  const negated = pattern[index] === '!' || pattern[index] === '^';
  if (negated) {
    index++;
  }
  if (pattern[index] === undefined || pattern[index] === ']') {
    throw new BadPattern();
  }
  const code = name[state.name].codePointAt(0)!;
  const end = endOfClass(pattern, index);
  const inside = isInClass(pattern.slice(index, end), code);
  if (end >= pattern.length) {
    throw new BadPattern();
  }
  if (inside === negated) {
    state.pattern = end;
    return false;
  }
  state.pattern = end + 1;
  state.name++;
  return true;
}

function endOfClass(pattern: string[], from: number): number {
  let index = from;
  while (index < pattern.length && pattern[index] !== ']') {
    index += pattern[index] === '\\' ? 2 : 1;
  }
  return index;
}

function isInClass(items: string[], code: number): boolean {
  let index = 0;
  let last: number | undefined;
  const read = () => {
    if (items[index] === '\\') {
      index++;
    }
    return items[index++]?.codePointAt(0) ?? -1;
  };
  while (index < items.length) {
    if (
      last !== undefined &&
      items[index] === '-' &&
      index + 1 < items.length
    ) {
      index++;
      const high = read();
      if (last <= code && code <= high) {
        return true;
      }
      last = undefined;
    } else {
      last = read();
      if (last === code) {
        return true;
      }
    }
  }
  return false;
}

/** The pattern with the braces at a position replaced by each of their parts. */
function expandBraces(pattern: string[], open: number): string[][] {
  const parts: string[][] = [];
  let depth = 0;
  let start = open + 1;
  for (let index = open + 1; index < pattern.length; index++) {
    const char = pattern[index];
    if (char === '\\') {
      index++;
    } else if (char === '{') {
      depth++;
    } else if (depth === 0 && (char === ',' || char === '}')) {
      parts.push(pattern.slice(start, index));
      start = index + 1;
      if (char === '}') {
        return parts.map(part => [
          ...pattern.slice(0, open),
          ...part,
          ...pattern.slice(index + 1),
        ]);
      }
    } else if (char === '}') {
      depth--;
    }
  }
  throw new BadPattern();
}

const EMPTY_PATTERNS = ['', '*', '**', '/**', '**/', '/**/'];

/** Whether what is left of a pattern matches the empty text. */
function matchesNothing(pattern: string[]): boolean {
  if (EMPTY_PATTERNS.includes(pattern.join(''))) {
    return true;
  }
  if (pattern[0] === '{') {
    return expandBraces(pattern, 0).some(matchesNothing);
  }
  requireValid(pattern);
  return false;
}

function requireValid(pattern: string[]): void {
  let depth = 0;
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern[index];
    if (char === '\\') {
      index++;
      if (index >= pattern.length) {
        throw new BadPattern();
      }
    } else if (char === '[') {
      const negated = pattern[index + 1] === '!' || pattern[index + 1] === '^';
      const from = index + (negated ? 2 : 1);
      const end = endOfClass(pattern, from);
      if (end >= pattern.length || end === from) {
        throw new BadPattern();
      }
      index = end;
    } else if (char === '{') {
      depth++;
    } else if (char === '}') {
      depth--;
      if (depth < 0) {
        throw new BadPattern();
      }
    }
  }
  if (depth !== 0) {
    throw new BadPattern();
  }
}
