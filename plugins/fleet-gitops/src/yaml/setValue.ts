import { isMap, isScalar, isSeq } from 'yaml';
import { jsonStyleAt, writeJson } from './json';
import { Location, locateExisting, startOfLocation, YamlPath } from './locate';
import {
  columnOf,
  contentEnd,
  itemPrefixEnd,
  itemToken,
  lineBreakAt,
  lineEnd,
  lineStart,
} from './positions';
import { refuseTemplates } from './refuseTemplates';
import { refuseUsedAnchors } from './removeKey';
import { isScalarValue, YamlValue } from './scalars';
import { setScalar } from './setScalar';
import {
  parseSource,
  refusal,
  selectDocument,
  YamlEditOptions,
  YamlSource,
} from './source';
import { applyVerified, Splice } from './splice';
import { sameTree, Tree, treeOf, treeOfValue } from './tree';
import { writeBlock, writeFlow, WritingStyle, writingStyle } from './write';

/**
 * Replaces the value at `path`, a scalar, a list or a map, by another one of any kind.
 *
 * @remarks
 * A scalar in the place of a scalar is set as {@link setScalar} does. Otherwise the whole value goes, with the comments
 * inside of it; a comment behind its key stays.
 *
 * @returns the new text; the same text where the value is already that
 * @throws {@link YamlEditError} where the value cannot be replaced without touching anything else
 * @public
 */
export function setValue(
  text: string,
  path: YamlPath,
  value: YamlValue,
  options: YamlEditOptions = {},
): string {
  const source = parseSource(text, options.file);
  const document = selectDocument(source, options);
  const location = locateExisting(source, document, path);
  const { node } = location;
  if (isScalarValue(value) && !isMap(node) && !isSeq(node))
    return setScalar(text, path, value, options);
  const before = treeOf(node);
  if (sameTree(before, treeOfValue(value))) return text;
  refuseUsedAnchors(source, location);
  refuseTemplates(source, [node], 'replace');
  const { tag } = before as { tag?: string };
  if (tag !== undefined) {
    throw refusal(
      source,
      startOfLocation(location),
      'tag',
      `has a value with the tag \`${tag}\``,
      'Remove the tag first, or edit the value by hand.',
    );
  }
  const style = writingStyle(
    source,
    document,
    lineBreakAt(text, startOfLocation(location)),
  );
  return applyVerified(source, replacement(source, location, value, style), {
    document: options.document ?? 0,
    positions: location.positions,
    change: tree => withAnchor(tree, treeOfValue(value)),
  });
}

function withAnchor(tree: Tree, wanted: Tree): Tree {
  const { anchor } = tree as { anchor?: string };
  return anchor === undefined ? wanted : { ...wanted, anchor };
}

function replacement(
  source: YamlSource,
  location: Location,
  value: YamlValue,
  style: WritingStyle,
): Splice[] {
  const { text } = source;
  const { node, parent, pair, positions } = location;
  const range = (node as { range?: [number, number, number] } | undefined)
    ?.range;
  const isFlowPlace = source.isJson || parent?.flow;
  if (isFlowPlace && range) {
    const [start, end] = range;
    const written = source.isJson
      ? writeJson(value, jsonStyleAt(text, start))
      : writeFlow(value, 'plain');
    return [{ start, end, text: written }];
  }
  if (!parent) {
    const [start] = range!;
    const end = contentEnd(text, node, range![1]);
    const written = writeBlock(value, columnOf(text, start), style);
    return [{ start, end, text: written }];
  }
  const item = itemToken(parent, positions[positions.length - 1]);
  const prefix = pair ? item.sep ?? [] : item.start;
  const indicator = itemPrefixEnd(prefix, -1);
  if (isFlowPlace || indicator < 0) {
    throw refusal(
      source,
      startOfLocation(location),
      'flow-collection',
      'has an empty value inside braces',
      'Write the value out by hand.',
    );
  }
  const content = Math.max(indicator, contentEnd(text, node, indicator));
  // The comment behind the last entry of a block is one of the block's.
  const isBlock = (isMap(node) || isSeq(node)) && !node.flow;
  const end = isBlock ? lineEnd(text, content) : content;
  if (!pair) return [behindDash(text, indicator, end, value, style)];
  const column = columnOf(text, (pair.key as { range: number[] }).range[0]);
  return behindKey(text, { indicator, end, column }, { node, value, style });
}

function behindDash(
  text: string,
  indicator: number,
  end: number,
  value: YamlValue,
  style: WritingStyle,
): Splice {
  const column = columnOf(text, indicator) + 1;
  return {
    start: indicator,
    end,
    text: ` ${writeBlock(value, column, style)}`,
  };
}

function behindKey(
  text: string,
  place: { indicator: number; end: number; column: number },
  content: { node: unknown; value: YamlValue; style: WritingStyle },
): Splice[] {
  const { indicator, end, column } = place;
  const { value, style } = content;
  const below = column + (Array.isArray(value) ? style.listStep : style.step);
  const block = writeBlock(value, below, style);
  const isInline = isScalarValue(value) || block === '[]' || block === '{}';
  const inserted = isInline
    ? ''
    : `${style.lineBreak}${' '.repeat(below)}${block}`;
  const beside = isInline ? ` ${block}` : '';
  const endOfLine = lineEnd(text, indicator);
  if (end <= endOfLine) {
    return [
      { start: indicator, end, text: beside },
      { start: endOfLine, end: endOfLine, text: inserted },
    ];
  }
  const header = blockHeaderEnd(text, content.node);
  if (
    header !== undefined ||
    lineStart(text, end) === lineStart(text, indicator)
  )
    return [
      { start: indicator, end: header ?? end, text: beside },
      { start: endOfLine, end, text: inserted },
    ];
  // A value that begins on the key's line and ends on another one has no comment there.
  const startsHere = text.slice(indicator, endOfLine).replace(/#.*/, '').trim();
  return startsHere
    ? [{ start: indicator, end, text: `${beside}${inserted}` }]
    : [
        { start: indicator, end: indicator, text: beside },
        { start: endOfLine, end, text: inserted },
      ];
}

/** End of `|` or `>` with what belongs to it, in front of a comment. */
function blockHeaderEnd(text: string, node: unknown): number | undefined {
  if (!isScalar(node) || !node.type?.startsWith('BLOCK_')) return undefined;
  const [start, end] = node.range!;
  return start + /^[|>][^\s]*/.exec(text.slice(start, end))![0].length;
}
