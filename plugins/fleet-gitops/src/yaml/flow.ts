import { isScalar, YAMLMap, YAMLSeq } from 'yaml';
import { QuoteStyle, YamlValue } from './scalars';
import { refusal, YamlSource } from './source';
import type { Splice } from './splice';
import { writeFlow, writeKey } from './write';

/** What is added: an entry of a map, or (without a key) an item of a list. */
export interface Addition {
  key?: string;
  value: YamlValue;
}

/** An addition as it is written inside braces or brackets. */
export function flowEntry(addition: Addition, quotes: QuoteStyle): string {
  const value = writeFlow(addition.value, quotes);
  return addition.key === undefined
    ? value
    : `${writeKey(addition.key, quotes)}: ${value}`;
}

interface Range {
  start: number;
  end: number;
}

/** Where the entries are; refuses what stands between them besides commas. */
function entryRanges(
  source: YamlSource,
  collection: YAMLMap | YAMLSeq,
): Range[] {
  const { text } = source;
  const [start, end] = collection.range!;
  const items = collection.items.map((_item, index) =>
    nodeRange(source, collection, index),
  );
  const tail = text.slice(items[items.length - 1].end, end - 1);
  const between = items.map((item, index) =>
    text.slice(index === 0 ? start + 1 : items[index - 1].end, item.start),
  );
  if (tail.trim() !== '' || between.some(gap => /[^\s,]/.test(gap))) {
    throw refusal(
      source,
      start,
      'flow-collection',
      'has comments or a trailing comma inside braces',
      'Write it as a block first, or edit it by hand.',
    );
  }
  return items;
}

/** One more entry in braces or brackets that have some; each on its own line where they are. */
export function addToFlow(
  source: YamlSource,
  collection: YAMLMap | YAMLSeq,
  index: number,
  addition: Addition,
): Splice[] {
  const { text } = source;
  const items = entryRanges(source, collection);
  const written = flowEntry(addition, flowQuotes(collection));
  const separator =
    items.length > 1 ? text.slice(items[0].end, items[1].start) : undefined;
  if (index === 0) {
    const [{ start }] = items;
    return [{ start, end: start, text: `${written}${separator ?? ', '}` }];
  }
  const lead = text.slice(collection.range![0] + 1, items[0].start);
  const position = items[index - 1].end;
  return [
    {
      start: position,
      end: position,
      text: `${separator ?? `,${lead || ' '}`}${written}`,
    },
  ];
}

/** Removes an entry with its comma. */
export function removeFromFlow(
  source: YamlSource,
  collection: YAMLMap | YAMLSeq,
  index: number,
): Splice {
  const items = entryRanges(source, collection);
  const [start, end] = collection.range!;
  if (items.length === 1) return { start: start + 1, end: end - 1, text: '' };
  return index === 0
    ? { start: items[0].start, end: items[1].start, text: '' }
    : { start: items[index - 1].end, end: items[index].end, text: '' };
}

function nodeRange(
  source: YamlSource,
  collection: YAMLMap | YAMLSeq,
  index: number,
) {
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
  return { start: from[0], end: to[1] };
}

function flowQuotes(collection: YAMLMap | YAMLSeq): QuoteStyle {
  const scalars = collection.items.map(
    item => (item as { key?: unknown }).key ?? item,
  );
  return scalars.every(
    scalar => isScalar(scalar) && scalar.type === 'QUOTE_DOUBLE',
  )
    ? 'double'
    : 'plain';
}
