import type { Readable } from 'node:stream';

/**
 * The lines of a stream of UTF-8 text, without their line breaks.
 *
 * @remarks
 * Only `\n` ends a line: `node:readline` also splits at U+2028, which JSON allows inside a string.
 */
export async function* readLines(input: Readable): AsyncGenerator<string> {
  input.setEncoding('utf8');
  let rest = '';
  for await (const chunk of input) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
