import { isSeq, YAMLSeq } from 'yaml';
import { dashOf, hasBlankLinesBetween, itemEnd } from './blockLists';
import { addToFlow } from './flow';
import { appendListItem } from './listItems';
import {
  describePath,
  locate,
  Location,
  startOfLocation,
  YamlPath,
} from './locate';
import {
  columnOf,
  lineBreakAt,
  lineStart,
  nextLine,
  refuseTabIndent,
} from './positions';
import type { YamlValue } from './scalars';
import {
  parseSource,
  refusal,
  selectDocument,
  YamlEditOptions,
  YamlSource,
} from './source';
import { applyVerified, Splice } from './splice';
import { treeOfValue } from './tree';
import { writeItem, WritingStyle, writingStyle } from './write';

/**
 * Inserts an item into the list at `path`, in front of the one that has `index` now.
 *
 * @remarks
 * An index that is the list's length appends, and creates a list that does not exist. Comments above an item stay with that
 * item.
 *
 * @returns the new text
 * @throws {@link YamlEditError} where that cannot be done without touching anything else
 * @public
 */
export function insertListItem(
  text: string,
  path: YamlPath,
  index: number,
  value: YamlValue,
  options: YamlEditOptions = {},
): string {
  const source = parseSource(text, options.file);
  const document = selectDocument(source, options);
  const location = locate(source, document, path);
  const { node } = location;
  const list = location.missing.length === 0 && isSeq(node) ? node : undefined;
  const length = list?.items.length ?? 0;
  // What is no list is for `appendListItem` to refuse or to create.
  if (index === length) return appendListItem(text, path, value, options);
  if (!list || index > length || index < 0 || !Number.isInteger(index)) {
    throw refusal(
      source,
      startOfLocation(location),
      'missing',
      `has no item ${index} in \`${describePath(path)}\``,
      `Use an index from 0 to ${length}.`,
    );
  }
  const style = writingStyle(
    source,
    document,
    lineBreakAt(text, startOfLocation(location)),
  );
  const splices = list.flow
    ? addToFlow(source, list, index, { value })
    : [insertIntoBlock(source, location, list, index, value, style)];
  return applyVerified(source, splices, {
    document: options.document ?? 0,
    positions: location.positions,
    change: tree =>
      'list' in tree
        ? {
            ...tree,
            list: [
              ...tree.list.slice(0, index),
              treeOfValue(value),
              ...tree.list.slice(index),
            ],
          }
        : tree,
  });
}

/** Own lines for the item, behind the one before it or in front of the first. */
function insertIntoBlock(
  source: YamlSource,
  location: Location,
  list: YAMLSeq,
  index: number,
  value: YamlValue,
  style: WritingStyle,
): Splice {
  const { text } = source;
  const dash = dashOf(list, index);
  refuseTabIndent(source, dash);
  const column = columnOf(text, dashOf(list, 0));
  const indent = ' '.repeat(column);
  const blank = hasBlankLinesBetween(text, list) ? style.lineBreak : '';
  const entry = writeItem(list, value, column, style);
  if (index > 0) {
    const previous = dashOf(list, index - 1);
    const end = itemEnd(text, list, index - 1);
    const start = nextLine(text, Math.max(end - 1, previous));
    return {
      start,
      end: start,
      text: `${blank}${indent}${entry}${style.lineBreak}`,
    };
  }
  const start = lineStart(text, dash);
  if (text.slice(start, dash).trim() !== '') {
    // The first dash shares its line with another one: the new item takes its place.
    return {
      start: dash,
      end: dash,
      text: `${entry}${style.lineBreak}${blank}${indent}`,
    };
  }
  const above = commentsAbove(text, start, column, firstOffset(location));
  return {
    start: above,
    end: above,
    text: `${indent}${entry}${style.lineBreak}${blank}`,
  };
}

/** Where the lines that may belong to the list begin: behind its key; at the root only from its first dash on. */
function firstOffset({ pair, node }: Location): number {
  const key = pair && (pair.key as { range?: number[] } | null)?.range;
  return key ? key[1] : (node as YAMLSeq).range![0];
}

/** Start of the comment lines directly above a line, with the same indentation. */
function commentsAbove(
  text: string,
  line: number,
  column: number,
  limit: number,
): number {
  let start = line;
  while (start > 0) {
    const previous = lineStart(text, start - 1);
    const isComment =
      previous > limit &&
      text.slice(previous, start).search(/[^ ]/) === column &&
      text[previous + column] === '#';
    if (!isComment) break;
    start = previous;
  }
  return start;
}
