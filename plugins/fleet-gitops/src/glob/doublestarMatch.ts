/** Tells that a pattern, or the part of it that had to be read, is malformed. */
export class BadPattern extends Error {}

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

const EMPTY_PATTERNS = ['', '*', '**', '/**', '**/', '/**/'];

class Matcher {
  constructor(
    private readonly name: string[],
    private readonly validate: boolean,
  ) {}

  match(pattern: string[], start: State): boolean {
    const { name } = this;
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
          this.match(alternative, state),
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
        matched = readLiteral(pattern, name, state);
        if (matched) {
          startOfSegment = name[state.name - 1] === '/';
        }
      }
      if (!matched) {
        const backtracked = backtrack(name, state);
        if (!backtracked) {
          this.requireValid(pattern.slice(state.pattern));
          return false;
        }
        startOfSegment = backtracked === 'doublestar';
      }
    }
    return this.matchesNothing(pattern.slice(state.pattern));
  }

  /** Whether what is left of a pattern matches the empty text. */
  private matchesNothing(pattern: string[]): boolean {
    if (EMPTY_PATTERNS.includes(pattern.join(''))) {
      return true;
    }
    if (pattern[0] === '{') {
      return expandBraces(pattern, 0).some(rest => this.matchesNothing(rest));
    }
    this.requireValid(pattern);
    return false;
  }

  private requireValid(pattern: string[]): void {
    if (this.validate && !isValidPattern(pattern)) {
      throw new BadPattern();
    }
  }
}

/**
 * Whether a name matches a pattern, as `doMatchWithSeparator` of `github.com/bmatcuk/doublestar` finds out.
 *
 * @param validate - whether the part behind a mismatch is checked too; without it a defect there goes unnoticed
 * @throws BadPattern where the pattern is malformed
 */
export function matchPattern(
  pattern: string,
  name: string,
  validate: boolean,
): boolean {
  return new Matcher(Array.from(name), validate).match(Array.from(pattern), {
    pattern: 0,
    name: 0,
  });
}

function readLiteral(pattern: string[], name: string[], state: State): boolean {
  const escaped = pattern[state.pattern] === '\\';
  const index = state.pattern + (escaped ? 1 : 0);
  if (index >= pattern.length) {
    throw new BadPattern();
  }
  if (pattern[index] === name[state.name]) {
    state.pattern = index + 1;
    state.name++;
    return true;
  }
  // Upstream takes any backslash before the character for its escape, also one that is itself escaped.
  state.pattern = pattern[index - 1] === '\\' ? index - 1 : index;
  return false;
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
  const search = searchClass(pattern, index, name[state.name].codePointAt(0)!);
  if (search.found === negated) {
    if (search.index >= pattern.length) {
      throw new BadPattern();
    }
    // Upstream reads on inside the class where it stopped searching.
    state.pattern = search.index;
    return false;
  }
  const end = endOfClass(pattern, search.index);
  if (end >= pattern.length) {
    throw new BadPattern();
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

/** Looks for a character in a class, and tells where the search ended: behind what it found, or at the end of the class. */
function searchClass(
  pattern: string[],
  from: number,
  code: number,
): { found: boolean; index: number } {
  let index = from;
  let last: number | undefined;
  const read = () => {
    if (pattern[index] === '\\') {
      index++;
    }
    return pattern[index++]?.codePointAt(0) ?? -1;
  };
  while (index < pattern.length && pattern[index] !== ']') {
    const next = pattern[index + 1];
    if (
      last !== undefined &&
      pattern[index] === '-' &&
      next !== undefined &&
      next !== ']'
    ) {
      index++;
      const high = read();
      if (last <= code && code <= high) {
        return { found: true, index };
      }
      last = undefined;
    } else {
      last = read();
      if (last === code) {
        return { found: true, index };
      }
    }
  }
  return { found: false, index };
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

/** Whether all brackets and braces of a pattern are closed and nothing is missing behind its last backslash. */
export function isValidPattern(pattern: string[]): boolean {
  let depth = 0;
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern[index];
    if (char === '\\') {
      index++;
      if (index >= pattern.length) {
        return false;
      }
    } else if (char === '[') {
      const negated = pattern[index + 1] === '!' || pattern[index + 1] === '^';
      const from = index + (negated ? 2 : 1);
      const end = endOfClass(pattern, from);
      if (end >= pattern.length || end === from) {
        return false;
      }
      index = end;
    } else if (char === '{') {
      depth++;
    } else if (char === '}') {
      depth--;
      if (depth < 0) {
        return false;
      }
    }
  }
  return depth === 0;
}
