import {
  CST,
  Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Scalar,
  visit,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import { columnOf } from './positions';
import {
  formatScalar,
  isAmbiguous,
  isPlainSafe,
  isScalarValue,
  QuoteStyle,
  YamlScalar,
  YamlValue,
} from './scalars';
import type { YamlSource } from './source';

/** How a file is laid out, so that what is added looks like its neighbours. */
export interface WritingStyle {
  /** Spaces by which a map is indented below its key. */
  step: number;
  /** Spaces by which a list is indented below its key; 0 where the dashes stand under the key. */
  listStep: number;
  lineBreak: string;
}

/** Reads the style from the first nested map and list of the document; two spaces where there is none. */
export function writingStyle(
  source: YamlSource,
  document: Document.Parsed,
  lineBreak: string,
): WritingStyle {
  let step: number | undefined;
  let listStep: number | undefined;
  visit(document, {
    Pair(_key, pair) {
      const { key, value } = pair;
      if (!isScalar(key) || !key.range) return undefined;
      const column = columnOf(source.text, key.range[0]);
      if (isMap(value) && !value.flow && value.range) {
        step ??= columnOf(source.text, value.range[0]) - column;
      } else if (isSeq(value) && !value.flow && value.range) {
        listStep ??= columnOf(source.text, value.range[0]) - column;
      }
      return step !== undefined && listStep !== undefined
        ? visit.BREAK
        : undefined;
    },
  });
  const usable = (width: number | undefined, least: number) =>
    width !== undefined && width >= least ? width : undefined;
  const mapStep = usable(step, 1) ?? 2;
  return { step: mapStep, listStep: usable(listStep, 0) ?? mapStep, lineBreak };
}

/** Whether more than half of the gaps between entries have a blank line. */
export function areMostlyBlank(gaps: string[]): boolean {
  const blank = gaps.filter(gap => /\n[ \t]*\r?\n/.test(gap));
  return blank.length * 2 > gaps.length;
}

/**
 * The quotes that all strings of a map or list share. Where some have none, none unless needed, and then those of the
 * others. Numbers and booleans do not count.
 */
export function neighbourQuotes(collection: YAMLMap | YAMLSeq): QuoteStyle {
  const strings = collection.items
    .map(item => (isPair(item) ? item.value : item))
    .filter(
      (value): value is Scalar =>
        isScalar(value) &&
        Boolean(value.srcToken) &&
        !(value.type === 'PLAIN' && isAmbiguous(String(value.value ?? ''))),
    );
  const types = new Set(strings.map(({ type }) => type));
  const hasDouble = types.has('QUOTE_DOUBLE');
  const hasSingle = types.has('QUOTE_SINGLE');
  if (types.size === 1 && hasDouble) return 'double';
  if (types.size === 1 && hasSingle) return 'single';
  return hasSingle && !hasDouble ? 'plain-single' : 'plain';
}

export function writeKey(key: string, quotes: QuoteStyle = 'plain'): string {
  if (!quotes.startsWith('plain')) return formatScalar(key, quotes);
  return isPlainSafe(key) && key.length <= 1000
    ? key
    : formatScalar(key, quotes === 'plain-single' ? 'single' : 'double');
}

function inline(value: YamlValue, quotes: QuoteStyle): string | undefined {
  if (isScalarValue(value)) return formatScalar(value, quotes);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : undefined;
  return Object.keys(value).length === 0 ? '{}' : undefined;
}

/**
 * The lines of `key: value` without a line break at the end. The first line is not indented, the others are, for a key
 * at `column`.
 */
export function writeEntry(
  key: string,
  value: YamlValue,
  column: number,
  style: WritingStyle,
  quotes: QuoteStyle = 'plain',
): string {
  const written = writeKey(key);
  const line = inline(value, quotes);
  if (line !== undefined) return `${written}: ${line}`;
  const below = column + (Array.isArray(value) ? style.listStep : style.step);
  return `${written}:${style.lineBreak}${' '.repeat(below)}${writeBlock(
    value,
    below,
    style,
    quotes,
  )}`;
}

/** The lines of a value as a block at `column`; the first line is not indented. */
export function writeBlock(
  value: YamlValue,
  column: number,
  style: WritingStyle,
  quotes: QuoteStyle = 'plain',
): string {
  const line = inline(value, quotes);
  if (line !== undefined) return line;
  const separator = `${style.lineBreak}${' '.repeat(column)}`;
  if (Array.isArray(value)) {
    return value
      .map(item => `- ${writeBlock(item, column + 2, style, quotes)}`)
      .join(separator);
  }
  return Object.entries(value as Record<string, YamlValue>)
    .map(([key, item]) => writeEntry(key, item, column, style, quotes))
    .join(separator);
}

/** The lines of `- value` for a dash at `column`, with the quotes of the list's other items; the first line is not indented. */
export function writeItem(
  list: YAMLSeq,
  value: YamlValue,
  column: number,
  style: WritingStyle,
): string {
  const gap = gapBehindDash(list);
  const written = isScalarValue(value)
    ? formatScalar(value, neighbourQuotes(list))
    : writeBlock(value, column + 1 + gap, style);
  return `-${' '.repeat(gap)}${written}`;
}

/** The spaces between a dash and what follows it, as the first item on the line of its dash has them. */
function gapBehindDash(list: YAMLSeq): number {
  const { items } = list.srcToken as CST.BlockSequence;
  for (const { start } of items) {
    const dash = start.findIndex(({ type }) => type === 'seq-item-ind');
    const [space, next] = start.slice(dash + 1);
    if (space?.type === 'space' && !next && /^ +$/.test(space.source))
      return space.source.length;
  }
  return 1;
}

/** A value on one line, for a place inside braces or brackets. */
export function writeFlow(value: YamlValue, quotes: QuoteStyle): string {
  if (isScalarValue(value)) return formatScalar(value as YamlScalar, quotes);
  if (Array.isArray(value))
    return `[${value.map(item => writeFlow(item, quotes)).join(', ')}]`;
  return `{${Object.entries(value)
    .map(
      ([key, item]) => `${writeKey(key, quotes)}: ${writeFlow(item, quotes)}`,
    )
    .join(', ')}}`;
}
