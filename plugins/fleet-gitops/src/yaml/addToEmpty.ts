import { isMap, isScalar, isSeq, Scalar } from 'yaml';
import { Addition, flowEntry } from './flow';
import type { Location } from './locate';
import { columnOf, itemPrefixEnd, itemToken, lineEnd } from './positions';
import { refusal, YamlSource } from './source';
import type { Splice } from './splice';
import { writeBlock, writeEntry, WritingStyle } from './write';

function writeAddition(
  addition: Addition,
  column: number,
  style: WritingStyle,
): string {
  return addition.key === undefined
    ? `- ${writeBlock(addition.value, column + 2, style)}`
    : writeEntry(addition.key, addition.value, column, style);
}

/**
 * The first entry of a map or list that is `{}`, `[]` or nothing at all: written as a block below its key.
 */
export function addToEmpty(
  source: YamlSource,
  location: Location,
  addition: Addition,
  style: WritingStyle,
): Splice[] {
  const { text } = source;
  const { node, parent, pair, positions } = location;
  const braces = isMap(node) || isSeq(node) ? node : undefined;
  if (
    braces &&
    !/^[[{]\s*[\]}]$/.test(text.slice(braces.range![0], braces.range![1]))
  ) {
    throw refusal(
      source,
      braces.range![0],
      'flow-collection',
      'has a comment inside empty braces',
      'Remove it first.',
    );
  }
  if (parent && (parent.flow || !parent.srcToken)) {
    if (!braces)
      throw refusal(
        source,
        parent.range![0],
        'flow-collection',
        'has an empty value inside braces',
        'Write the value out by hand.',
      );
    return [
      {
        start: braces.range![0] + 1,
        end: braces.range![1] - 1,
        text: flowEntry(addition, 'plain'),
      },
    ];
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
  if (!parent || !pair) {
    // At the root or behind a dash: in place.
    if (braces) {
      const start = braces.range![0];
      return [
        {
          start,
          end: braces.range![1],
          text: writeAddition(addition, columnOf(text, start), style),
        },
      ];
    }
    const end = itemPrefixEnd(prefix, -1);
    if (end < 0)
      throw refusal(
        source,
        0,
        'missing',
        'has no content',
        'Write the file’s first content by hand.',
      );
    return [
      {
        start: end,
        end,
        text: ` ${writeAddition(addition, columnOf(text, end) + 1, style)}`,
      },
    ];
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
  if (braces && text.slice(colon, braces.range![0]).includes('\n')) {
    const start = braces.range![0];
    return [
      {
        start,
        end: braces.range![1],
        text: writeAddition(addition, columnOf(text, start), style),
      },
    ];
  }
  const column =
    columnOf(text, keyOffset) +
    (addition.key === undefined ? style.listStep : style.step);
  const end = lineEnd(text, braces ? braces.range![1] : colon);
  const written = `${style.lineBreak}${' '.repeat(column)}${writeAddition(
    addition,
    column,
    style,
  )}`;
  const behind = { start: end, end, text: written };
  return braces
    ? [{ start: colon, end: braces.range![1], text: '' }, behind]
    : [behind];
}
