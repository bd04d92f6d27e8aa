/**
 * The parts of a CEL expression, string literals apart from code.
 *
 * Source: cel-spec `doc/langdef.md`, "Syntax": quotes of one or three characters, `r` for raw strings.
 */
function parts(expression: string): Array<{ text: string; isCode: boolean }> {
  const literal =
    /[rRbB]{0,2}(?:"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')/g;
  const raw = /^[bB]?[rR]/;
  const found: Array<{ text: string; isCode: boolean }> = [];
  let end = 0;
  for (const match of expression.matchAll(literal)) {
    // In a raw string a backslash is a character like any other, so that the pattern may run past its end.
    if (raw.test(match[0]) && /\\["']/.test(match[0]))
      throw new Error('a raw string with a backslash before a quote');
    found.push({ text: expression.slice(end, match.index), isCode: true });
    found.push({ text: match[0], isCode: false });
    end = match.index + match[0].length;
  }
  found.push({ text: expression.slice(end), isCode: true });
  return found;
}

/** Whether an expression reads a variable. */
export function reads(expression: string, variable: string): boolean {
  const name = new RegExp(`(?<![\\w.])${variable}(?!\\w)`);
  return parts(expression).some(
    ({ text, isCode }) => isCode && name.test(text),
  );
}

/** Gives methods other names where they are called: `a.matches(b)` becomes `a.re2Matches(b)`. */
export function renameMethods(
  expression: string,
  names: Readonly<Record<string, string>>,
): string {
  return parts(expression)
    .map(({ text, isCode }) =>
      isCode
        ? text.replace(/\.(\s*)(\w+)(\s*\()/g, (call, space, name, open) =>
            Object.hasOwn(names, name)
              ? `.${space}${names[name]}${open}`
              : call,
          )
        : text,
    )
    .join('');
}
