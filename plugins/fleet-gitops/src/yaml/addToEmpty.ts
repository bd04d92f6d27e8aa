import { isMap, isScalar, isSeq, Scalar } from 'yaml';
import { Addition, flowEntry } from './flow';
import { jsonStyleAt, writeJson } from './json';
import type { Location } from './locate';
import { columnOf, itemPrefixEnd, itemToken, lineEnd } from './positions';
import { refusal, YamlSource } from './source';
import type { Splice } from './splice';
import { writeBlock, writeEntry, WritingStyle } from './write';

/** Whether a map or list may begin here: there is no value, or `null` is written out. */
export function isNothing(node: unknown): boolean {
  return (
    node === undefined ||
    (isScalar(node) &&
      node.tag === undefined &&
      (!node.srcToken ||
        (node.type === 'PLAIN' &&
          /^(|~|null|Null|NULL)$/.test(String(node.value ?? '')))))
  );
}

function writeAddition(
  addition: Addition,
  column: number,
  style: WritingStyle,
): string {
  return addition.key === undefined
    ? `- ${writeBlock(addition.value, column + 2, style)}`
    : writeEntry(addition.key, addition.value, column, style);
}

/** What is written where nothing is yet: `{}`, `[]` or `null`. */
function placeholderOf(
  source: YamlSource,
  node: unknown,
): { start: number; end: number } | undefined {
  if (isScalar(node))
    return node.srcToken && node.range![1] > node.range![0]
      ? { start: node.range![0], end: node.range![1] }
      : undefined;
  if (!isMap(node) && !isSeq(node)) return undefined;
  const [start, end] = node.range!;
  if (!/^[[{]\s*[\]}]$/.test(source.text.slice(start, end))) {
    throw refusal(
      source,
      start,
      'flow-collection',
      'has a comment inside empty braces',
      'Remove it first.',
    );
  }
  return { start, end };
}

/** Inside of other braces the first entry gets braces of its own. */
function addInside(
  source: YamlSource,
  placeholder: { start: number; end: number },
  addition: Addition,
): Splice[] {
  const { start, end } = placeholder;
  const { key, value } = addition;
  if (source.isJson) {
    const whole = key === undefined ? [value] : { [key]: value };
    const style = jsonStyleAt(source.text, start);
    return [{ start, end, text: writeJson(whole, style) }];
  }
  const entry = flowEntry(source, start, addition);
  return [
    { start, end, text: key === undefined ? `[${entry}]` : `{${entry}}` },
  ];
}

/**
 * The first entry of a map or list that is `{}`, `[]`, `null` or nothing at all: written as a block below its key.
 */
export function addToEmpty(
  source: YamlSource,
  location: Location,
  addition: Addition,
  style: WritingStyle,
): Splice[] {
  const { text } = source;
  const { node, parent, pair, positions } = location;
  const placeholder = placeholderOf(source, node);
  if (source.isJson && placeholder)
    return addInside(source, placeholder, addition);
  if (parent && (parent.flow || !parent.srcToken)) {
    if (placeholder) return addInside(source, placeholder, addition);
    throw refusal(
      source,
      parent.range![0],
      'flow-collection',
      'has an empty value inside braces',
      'Write the value out by hand.',
    );
  }
  const item = parent && itemToken(parent, positions[positions.length - 1]);
  const prefix = (pair ? item?.sep : item?.start) ?? [];
  if (prefix.some(token => token.type === 'anchor' || token.type === 'tag')) {
    throw refusal(
      source,
      prefix[0].offset,
      'anchor',
      'has an anchor or tag on an empty value',
      'Edit it by hand.',
    );
  }
  const inPlace = (start: number, end: number) => [
    { start, end, text: writeAddition(addition, columnOf(text, start), style) },
  ];
  if (!parent || !pair) {
    // At the root or behind a dash.
    if (placeholder) return inPlace(placeholder.start, placeholder.end);
    const end = itemPrefixEnd(prefix, -1);
    if (end < 0)
      throw refusal(
        source,
        0,
        'missing',
        'has no content',
        'Write the file’s first content by hand.',
      );
    const written = writeAddition(addition, columnOf(text, end) + 1, style);
    return [{ start: end, end, text: ` ${written}` }];
  }

  const keyOffset = (pair.key as Scalar).range![0];
  const colon = itemPrefixEnd(prefix, -1);
  if (colon < 0 || !isScalar(pair.key)) {
    throw refusal(
      source,
      keyOffset,
      'complex-key',
      'has a complex key',
      'Edit it by hand.',
    );
  }
  if (placeholder && text.slice(colon, placeholder.start).includes('\n'))
    return inPlace(placeholder.start, placeholder.end);
  const column =
    columnOf(text, keyOffset) +
    (addition.key === undefined ? style.listStep : style.step);
  const end = lineEnd(text, placeholder?.end ?? colon);
  const below = `${style.lineBreak}${' '.repeat(column)}`;
  const written = writeAddition(addition, column, style);
  const behind = { start: end, end, text: `${below}${written}` };
  return placeholder
    ? [{ start: colon, end: placeholder.end, text: '' }, behind]
    : [behind];
}
