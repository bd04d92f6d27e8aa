import { isMap, isScalar, YAMLMap, YAMLSeq } from 'yaml';
import { jsonStyleAt, writeJson } from './json';
import { itemToken, lineEnd, lineStart, nextLine } from './positions';
import { QuoteStyle, YamlValue } from './scalars';
import { refusal, YamlSource } from './source';
import type { Splice } from './splice';
import { neighbourQuotes, writeFlow, writeKey } from './write';

/** What is added: an entry of a map, or (without a key) an item of a list. */
export interface Addition {
  key?: string;
  value: YamlValue;
}

/** An addition as it is written inside braces or brackets at an offset. */
export function flowEntry(
  source: YamlSource,
  offset: number,
  addition: Addition,
  quotes: FlowQuotes = { key: 'plain', value: 'plain' },
): string {
  const { key, value } = addition;
  if (source.isJson) {
    const style = jsonStyleAt(source.text, offset);
    const written = writeJson(value, style);
    return key === undefined
      ? written
      : `${writeJson(key, style)}${style.colon}${written}`;
  }
  const written = writeFlow(value, quotes.value);
  return key === undefined
    ? written
    : `${writeKey(key, quotes.key)}: ${written}`;
}

interface Range {
  start: number;
  end: number;
}

/** An entry of a flow collection and what stands behind it, up to the next one. */
interface FlowItem extends Range {
  /** Offset behind the comma that ends the entry; `undefined` where there is none. */
  comma: number | undefined;
}

interface FlowLayout {
  items: FlowItem[];
  /** Offsets behind the opening and before the closing bracket. */
  inner: Range;
  hasComments: boolean;
}

const COMMENT = /(^|\s)#[^\r\n]*/g;

function readLayout(
  source: YamlSource,
  collection: YAMLMap | YAMLSeq,
): FlowLayout {
  const { text } = source;
  const [start, end] = collection.range!;
  const ranges = collection.items.map((_item, index) =>
    nodeRange(source, collection, index),
  );
  let hasComments = false;
  // Comments become blanks, so that their commas do not count.
  const gap = (from: number, to: number) => {
    const raw = text.slice(from, to);
    const bare = raw.replace(COMMENT, match => ' '.repeat(match.length));
    if (bare !== raw) hasComments = true;
    if (/[^\s,]/.test(bare)) throw unreadable(source, start);
    return bare.indexOf(',');
  };
  if (ranges.length > 0 && gap(start + 1, ranges[0].start) >= 0)
    throw unreadable(source, start);
  const items = ranges.map((range, index) => {
    const next = ranges[index + 1]?.start ?? end - 1;
    const comma = gap(range.end, next);
    return { ...range, comma: comma < 0 ? undefined : range.end + comma + 1 };
  });
  return { items, inner: { start: start + 1, end: end - 1 }, hasComments };
}

function unreadable(source: YamlSource, offset: number) {
  return refusal(
    source,
    offset,
    'flow-collection',
    'has something between the entries of braces or brackets that cannot be told apart',
    'Write it as a block first, or edit it by hand.',
  );
}

/** Offset behind the comment that stands on the same line as an offset, or the offset where there is none. */
function behindComment(text: string, offset: number): number {
  const rest = text.slice(offset, lineEnd(text, offset));
  const comment = /^[ \t]*#.*$/.exec(rest) ? rest.trimEnd().length : 0;
  return offset + comment;
}

function ownsLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === '';
}

/** One more entry in braces or brackets that have some; on a line of its own where they are. */
export function addToFlow(
  source: YamlSource,
  collection: YAMLMap | YAMLSeq,
  index: number,
  addition: Addition,
): Splice[] {
  const { text } = source;
  const layout = readLayout(source, collection);
  const { items, inner } = layout;
  const neighbour = items[Math.min(index, items.length - 1)];
  const written = flowEntry(
    source,
    neighbour.start,
    addition,
    flowQuotes(collection),
  );
  const previous = index > 0 ? items[index - 1] : undefined;
  if (!ownsLine(text, neighbour.start))
    return addOnLine(source, layout, index, written);

  const indent = text.slice(lineStart(text, neighbour.start), neighbour.start);
  const lineBreak = text[lineEnd(text, inner.start)] === '\r' ? '\r\n' : '\n';
  if (!previous) {
    const at = behindComment(text, inner.start);
    return [insertion(at, `${lineBreak}${indent}${written},`)];
  }
  if (previous.comma === undefined) {
    const at = behindComment(text, previous.end);
    return at === previous.end
      ? [insertion(at, `,${lineBreak}${indent}${written}`)]
      : [
          insertion(previous.end, ','),
          insertion(at, `${lineBreak}${indent}${written}`),
        ];
  }
  const at = behindComment(text, previous.comma);
  return [insertion(at, `${lineBreak}${indent}${written},`)];
}

function insertion(offset: number, text: string): Splice {
  return { start: offset, end: offset, text };
}

function addOnLine(
  source: YamlSource,
  { items, hasComments, inner }: FlowLayout,
  index: number,
  written: string,
): Splice[] {
  const { text } = source;
  if (hasComments) {
    throw refusal(
      source,
      inner.start,
      'flow-collection',
      'has comments between entries that share a line',
      'Write each entry on a line of its own first, or edit it by hand.',
    );
  }
  const usual = source.isJson ? jsonStyleAt(text, inner.start).comma : ', ';
  const separator =
    items.length > 1 ? text.slice(items[0].end, items[1].start) : usual;
  if (index === 0) return [insertion(items[0].start, `${written}${separator}`)];
  return [insertion(items[index - 1].end, `${separator}${written}`)];
}

/** Removes an entry with its comma, and the comment on its line. */
export function removeFromFlow(
  source: YamlSource,
  collection: YAMLMap | YAMLSeq,
  index: number,
): Splice[] {
  const { text } = source;
  const { items, inner, hasComments } = readLayout(source, collection);
  const item = items[index];
  const previous = items[index - 1];
  const next = items[index + 1];
  if (!hasComments) {
    if (items.length === 1) return [{ ...inner, text: '' }];
    return index === 0
      ? [{ start: item.start, end: next.start, text: '' }]
      : [{ start: previous.end, end: item.end, text: '' }];
  }
  const end = behindComment(text, item.comma ?? item.end);
  const below = nextLine(text, end);
  const isWhole =
    ownsLine(text, item.start) && text.slice(end, below).trim() === '';
  if (!isWhole) {
    throw refusal(
      source,
      item.start,
      'flow-collection',
      'has comments between entries that share a line',
      'Write each entry on a line of its own first, or edit it by hand.',
    );
  }
  const lines = { start: lineStart(text, item.start), end: below, text: '' };
  // The last entry has no comma where the one that goes had none.
  return next || item.comma !== undefined || previous?.comma === undefined
    ? [lines]
    : [{ start: previous.comma - 1, end: previous.comma, text: '' }, lines];
}

function nodeRange(
  source: YamlSource,
  collection: YAMLMap | YAMLSeq,
  index: number,
): Range {
  const entry = collection.items[index] as {
    range?: number[];
    key?: { range?: number[] };
    value?: { range?: number[] };
  };
  const from = entry.range ?? entry.key?.range;
  const to = entry.range ?? entry.value?.range ?? entry.key?.range;
  if (!from || !to) {
    throw refusal(
      source,
      collection.range![0],
      'flow-collection',
      'has an empty entry inside braces',
      'Edit it by hand.',
    );
  }
  // An anchor or a tag stands in front of the range.
  const property = itemToken(collection, index).start.find(
    ({ type }) =>
      type === 'anchor' || type === 'tag' || type === 'explicit-key-ind',
  );
  return { start: property?.offset ?? from[0], end: to[1] };
}

interface FlowQuotes {
  key: QuoteStyle;
  value: QuoteStyle;
}

/** Those of the other entries; where all keys are quoted as in JSON, so are values. */
function flowQuotes(collection: YAMLMap | YAMLSeq): FlowQuotes {
  const value = neighbourQuotes(collection);
  const isJsonLike =
    isMap(collection) &&
    collection.items.every(
      ({ key }) => isScalar(key) && key.type === 'QUOTE_DOUBLE',
    );
  return isJsonLike
    ? { key: 'double', value: value === 'plain' ? 'double' : value }
    : { key: 'plain', value };
}
