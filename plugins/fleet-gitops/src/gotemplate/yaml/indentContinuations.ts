/**
 * Indents the lines inside of brackets and quotes that are less indented than the block around them.
 *
 * go-yaml does not ask for indentation there, YAML 1.2 does, and so does the parser in use here:
 *
 * ```yaml
 * ports:
 *   web: [80,
 *   443]
 * ```
 *
 * White space at the start of such a line means nothing, so the result reads the same.
 */
export function indentContinuations(text: string): string {
  const result: string[] = [];
  let open = '';
  let blockIndent: number | undefined;
  for (const line of text.split('\n')) {
    if (open) {
      result.push(/^(?:---|\.\.\.)(?:\s|$)/.test(line) ? line : DEEP + line);
      open = scan(line, open).open;
      continue;
    }
    const indent = line.search(/[^ ]/);
    if (blockIndent !== undefined) {
      if (indent < 0 || /^\r?$/.test(line) || indent > blockIndent) {
        result.push(line);
        continue;
      }
      blockIndent = undefined;
    }
    result.push(line);
    const { open: next, hasBlockScalar } = scan(line, '');
    open = next;
    if (hasBlockScalar) blockIndent = parentIndent(line);
  }
  return result.join('\n');
}

/** More than any block is indented. */
const DEEP = ' '.repeat(200);

/** The column of the entry that a block scalar at the end of a line is the value of. */
function parentIndent(line: string): number {
  const dashes = /^[ ]*(?:- +)*/.exec(line)![0];
  const rest = line.slice(dashes.length);
  if (!/^[|>]/.test(rest)) return dashes.length;
  const last = dashes.lastIndexOf('-');
  return last < 0 ? -1 : last;
}

/**
 * Reads a line from a state on: `open` holds the brackets and, last, the quote that are open.
 */
function scan(
  line: string,
  state: string,
): { open: string; hasBlockScalar: boolean } {
  let open = state;
  let isTokenStart = !/["']$/.test(open);
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    const quote = /["']$/.exec(open)?.[0];
    if (quote) {
      if (char === '\\' && quote === '"') at++;
      else if (char === quote) {
        if (quote === "'" && line[at + 1] === "'") at++;
        else open = open.slice(0, -1);
      }
      isTokenStart = false;
    } else if (char === '#' && (at === 0 || /\s/.test(line[at - 1]))) {
      break;
    } else if (/\s/.test(char)) {
      // White space keeps whether a token may begin.
    } else if (isTokenStart && /["'[{]/.test(char)) {
      open += char;
      isTokenStart = char === '[' || char === '{';
    } else if (open && /[\]}]/.test(char)) {
      open = open.slice(0, -1);
      isTokenStart = false;
    } else if (isTokenStart && !open && /[|>]/.test(char)) {
      if (/^[|>][-+0-9]*[ \t]*(?:#.*)?\r?$/.test(line.slice(at)))
        return { open, hasBlockScalar: true };
      isTokenStart = false;
    } else if (isTokenStart && /[&!]/.test(char)) {
      // An anchor or a tag: what it belongs to follows.
      at += /^\S*/.exec(line.slice(at))![0].length - 1;
    } else {
      const isIndicator =
        /[-?:]/.test(char) && /^\s|^$/.test(line.slice(at + 1, at + 2));
      isTokenStart = isIndicator || (open !== '' && /[,:]/.test(char));
    }
  }
  return { open, hasBlockScalar: false };
}
