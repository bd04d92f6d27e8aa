import {
  CST,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Pair,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import { refusal, YamlSource } from './source';

type Item =
  | CST.BlockMap['items'][number]
  | CST.BlockSequence['items'][number]
  | CST.FlowCollection['items'][number];

/** The source tokens of an entry of a map or list. */
export function itemToken(parent: YAMLMap | YAMLSeq, index: number): Item {
  // Kept because the source is parsed with keepSourceTokens; a set of a `!!set` has none, but failsafe knows no sets.
  const token = parent.srcToken as
    | CST.BlockMap
    | CST.BlockSequence
    | CST.FlowCollection;
  return token.items[index];
}

export function lineStart(text: string, offset: number): number {
  let position = offset;
  while (position > 0 && text[position - 1] !== '\n') position--;
  return position === 0 && text.startsWith('\ufeff') ? 1 : position;
}

/** Offset of the line's end, before its line break. */
export function lineEnd(text: string, offset: number): number {
  let position = text.indexOf('\n', offset);
  if (position === -1) return text.length;
  if (position > offset && text[position - 1] === '\r') position--;
  return position;
}

/** Offset after the line's break, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const position = text.indexOf('\n', offset);
  return position === -1 ? text.length : position + 1;
}

/**
 * End of the last line above a line that is not blank, before its line break: where a file ends that loses all from that
 * line on and has no line break at its end.
 */
export function endAbove(text: string, line: number): number {
  const blank = /(?:\r?\n[ \t]*)+$/.exec(text.slice(0, line));
  return blank ? blank.index : line;
}

/** Start of the blank lines directly above a line, none of them in front of `limit`. */
export function withoutBlankLines(
  text: string,
  line: number,
  limit: number,
): number {
  let start = line;
  while (start > limit) {
    const previous = lineStart(text, start - 1);
    if (previous <= limit || text.slice(previous, start).trim() !== '') break;
    start = previous;
  }
  return start;
}

export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** The line break that the lines around an offset use. */
export function lineBreakAt(text: string, offset: number): '\r\n' | '\n' {
  let position = text.lastIndexOf('\n', Math.max(0, offset - 1));
  if (position === -1) position = text.indexOf('\n', offset);
  return position > 0 && text[position - 1] === '\r' ? '\r\n' : '\n';
}

/**
 * End of what a node says: without the trailing comment, line break and blank lines that its range may include.
 */
export function contentEnd(
  text: string,
  node: unknown,
  fallback: number,
): number {
  if (isPair(node)) return pairEnd(text, node, fallback);
  if (isScalar(node)) {
    const [start, end] = node.range!;
    if (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED')
      return node.srcToken ? end : fallback;
    const header = /^[|>][^\s]*/.exec(text.slice(start, end))![0];
    // With `+` the blank lines at the end are part of the value.
    if (header.includes('+')) return end;
    return start + text.slice(start, end).trimEnd().length;
  }
  if (isAlias(node)) return node.range![1];
  if (isMap(node) || isSeq(node)) {
    if (node.flow) return node.range![1];
    const last = node.items.length - 1;
    if (last < 0) return node.range![1];
    const entry = node.items[last];
    return isPair(entry)
      ? pairEnd(text, entry, node.range![1])
      : contentEnd(
          text,
          entry,
          itemPrefixEnd(itemToken(node, last).start, node.range![0]),
        );
  }
  return fallback;
}

function pairEnd(text: string, pair: Pair, fallback: number): number {
  const key = pair.key as { range?: [number, number, number] } | null;
  const token = pair.srcToken;
  const sepEnd = itemPrefixEnd(token?.sep ?? [], key?.range?.[1] ?? fallback);
  return contentEnd(text, pair.value, sepEnd);
}

/** End of the last `:`, `-`, anchor or tag in the tokens before a value. */
export function itemPrefixEnd(
  tokens: CST.SourceToken[],
  fallback: number,
): number {
  let end = fallback;
  for (const token of tokens) {
    if (
      token.type !== 'space' &&
      token.type !== 'newline' &&
      token.type !== 'comment'
    )
      end = token.offset + token.source.length;
  }
  return end;
}

/**
 * Refuses lines whose indentation has a tab: it cannot be said how wide that is.
 */
export function refuseTabIndent(source: YamlSource, offset: number): void {
  const start = lineStart(source.text, offset);
  if (/^ *\t/.test(source.text.slice(start, offset))) {
    throw refusal(
      source,
      offset,
      'invalid-yaml',
      'is indented with a tab',
      'Replace the tabs by spaces first.',
    );
  }
}
