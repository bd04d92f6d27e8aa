/** Options of {@link wildmatch}. */
export interface WildmatchOptions {
  /** `*`, `?` and classes stop at "/", and only `**` between slashes passes it. */
  pathName: boolean;
  ignoreCase: boolean;
}

type Result = 'match' | 'noMatch' | 'abortAll' | 'abortToStarStar';

const CLASSES: Record<string, RegExp> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /\p{Cc}/u,
  digit: /[0-9]/,
  graph: /[\x21-\x7e]/,
  lower: /[a-z]/,
  print: /[\x20-\x7e]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t\n\v\f\r]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};

class Wildmatch {
  constructor(
    private readonly pattern: string,
    private readonly text: string,
    private readonly options: WildmatchOptions,
  ) {}

  run(patternStart: number, textStart: number): Result {
    const { pattern, text } = this;
    let p = patternStart;
    let t = textStart;
    for (; p < pattern.length; p++, t++) {
      const wanted = this.fold(pattern[p]);
      if (t >= text.length && wanted !== '*') {
        return 'abortAll';
      }
      const char = this.fold(text[t] ?? '');
      if (wanted === '*') {
        const outcome = this.star(p, t, patternStart);
        if (typeof outcome === 'string') {
          return outcome;
        }
        [p, t] = outcome;
      } else if (wanted === '[') {
        const end = this.charClass(p, char);
        if (typeof end === 'string') {
          return end;
        }
        p = end;
      } else if (wanted === '?') {
        if (this.options.pathName && char === '/') {
          return 'noMatch';
        }
      } else {
        if (wanted === '\\') {
          p++;
        }
        if (char !== (wanted === '\\' ? pattern[p] : wanted)) {
          return 'noMatch';
        }
      }
    }
    return t < text.length ? 'noMatch' : 'match';
  }

  /** Matches from a star on; or says where the loop continues, for a single star before a slash. */
  private star(
    start: number,
    textStart: number,
    patternStart: number,
  ): Result | [number, number] {
    const { pattern, text } = this;
    let p = start + 1;
    let t = textStart;
    let passesSlash = !this.options.pathName;
    if (pattern[p] === '*') {
      while (pattern[p] === '*') {
        p++;
      }
      const opens = start === patternStart || pattern[start - 1] === '/';
      const closes =
        p >= pattern.length ||
        pattern[p] === '/' ||
        (pattern[p] === '\\' && pattern[p + 1] === '/');
      if (this.options.pathName && opens && closes) {
        if (pattern[p] === '/' && this.run(p + 1, t) === 'match') {
          return 'match';
        }
        passesSlash = true;
      }
    }
    if (p >= pattern.length) {
      return passesSlash || !text.includes('/', t) ? 'match' : 'noMatch';
    }
    if (!passesSlash && pattern[p] === '/') {
      const slash = text.indexOf('/', t);
      return slash < 0 ? 'noMatch' : [p, slash];
    }
    while (t < text.length) {
      const result = this.run(p, t);
      if (result !== 'noMatch') {
        if (!passesSlash || result !== 'abortToStarStar') {
          return result;
        }
      } else if (!passesSlash && text[t] === '/') {
        return 'abortToStarStar';
      }
      t++;
    }
    return 'abortAll';
  }

  /** Position of a class's closing bracket where it takes the character. */
  private charClass(start: number, char: string): Result | number {
    const { pattern } = this;
    let p = start + 1;
    const negated = pattern[p] === '!' || pattern[p] === '^';
    if (negated) {
      p++;
    }
    let matched = false;
    let previous = '';
    do {
      let current = pattern[p];
      if (current === undefined) {
        return 'abortAll';
      }
      if (current === '\\') {
        current = pattern[++p];
        if (current === undefined) {
          return 'abortAll';
        }
        matched ||= char === current;
      } else if (
        current === '-' &&
        previous &&
        pattern[p + 1] !== undefined &&
        pattern[p + 1] !== ']'
      ) {
        current = pattern[++p];
        if (current === '\\') {
          current = pattern[++p];
          if (current === undefined) {
            return 'abortAll';
          }
        }
        matched ||= this.inRange(char, previous, current);
        current = '';
      } else if (current === '[' && pattern[p + 1] === ':') {
        const end = pattern.indexOf(']', p + 2);
        if (end < 0) {
          return 'abortAll';
        }
        if (end - p < 3 || pattern[end - 1] !== ':') {
          // No ":]" follows, so this is an ordinary bracket in the class.
          matched ||= char === '[';
        } else {
          const test = CLASSES[pattern.slice(p + 2, end - 1)];
          if (!test) {
            return 'abortAll';
          }
          matched ||= this.isInClass(char, test);
          p = end;
          current = '';
        }
      } else {
        matched ||= char === current;
      }
      previous = current;
      p++;
    } while (pattern[p] !== ']');
    return matched === negated || (this.options.pathName && char === '/')
      ? 'noMatch'
      : p;
  }

  private inRange(char: string, low: string, high: string): boolean {
    const upper = char.toUpperCase();
    return (
      (low <= char && char <= high) ||
      (this.options.ignoreCase && low <= upper && upper <= high)
    );
  }

  private isInClass(char: string, test: RegExp): boolean {
    return (
      test.test(char) ||
      (this.options.ignoreCase && test === CLASSES.upper && /[a-z]/.test(char))
    );
  }

  private fold(char: string): string {
    return this.options.ignoreCase && char >= 'A' && char <= 'Z'
      ? char.toLowerCase()
      : char;
  }
}

/**
 * Git's own wildcard matching, on texts whose characters are bytes. Source: Git `wildmatch.c`.
 */
export function wildmatch(
  pattern: string,
  text: string,
  options: WildmatchOptions,
): boolean {
  return new Wildmatch(pattern, text, options).run(0, 0) === 'match';
}
