function escape(char: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char;
}

/** The source of a regular expression for a pattern of gobwas/glob; without a separator, wildcards match any character. */
function translate(pattern: string, hasSeparator = true): string {
  const any = hasSeparator ? '[^/]' : '[^]';
  let source = '';
  let depth = 0;
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern[index];
    if (char === '*') {
      const isSuper = pattern[index + 1] === '*';
      source += isSuper ? '[^]*' : `${any}*`;
      index += isSuper ? 1 : 0;
    } else if (char === '?') {
      source += any;
    } else if (char === '[') {
      const close = pattern.indexOf(']', index + 2);
      if (close < 0) {
        throw new SyntaxError('the pattern has no closing bracket');
      }
      const body = pattern.slice(index + 1, close);
      const negated = body.startsWith('!');
      source += `[${negated ? '^' : ''}${(negated
        ? body.slice(1)
        : body
      ).replace(/[\\\]^[]/g, '\\$&')}]`;
      index = close;
    } else if (char === '{') {
      depth++;
      source += '(?:';
    } else if (char === '}' && depth > 0) {
      depth--;
      source += ')';
    } else if (char === ',' && depth > 0) {
      source += '|';
    } else if (char === '\\' && index + 1 < pattern.length) {
      index++;
      source += escape(pattern[index]);
    } else {
      source += escape(char);
    }
  }
  if (depth > 0) {
    throw new SyntaxError('the pattern has no closing brace');
  }
  return source;
}

/** A test for paths by a pattern of `.Files.Glob`; an invalid pattern matches everything, as in Helm. */
export function compileGlob(pattern: string): (path: string) => boolean {
  let expression: RegExp;
  try {
    expression = new RegExp(`^${translate(pattern)}$`, 'u');
  } catch {
    return () => true;
  }
  return path => expression.test(path);
}

/**
 * A test for texts by a pattern without separators, as Argo CD matches `directory.include` and `exclude`; an invalid
 * pattern matches nothing. Source: Argo CD `util/glob/glob.go`.
 */
export function compilePlainGlob(pattern: string): (text: string) => boolean {
  let expression: RegExp;
  try {
    expression = new RegExp(`^${translate(pattern, false)}$`, 'u');
  } catch {
    return () => false;
  }
  return text => expression.test(text);
}
