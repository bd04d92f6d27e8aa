import { textLines } from './textLines';

/** More than any block is indented. */
const DEEP = ' '.repeat(200);

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
  return Array.from(textLines(text), ({ line, state }) =>
    state === 'open' && !/^(?:---|\.\.\.)(?:\s|$)/.test(line)
      ? DEEP + line
      : line,
  ).join('\n');
}
