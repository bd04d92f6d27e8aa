import { isScalar, isSeq, YAMLSeq } from 'yaml';
import { addToEmpty } from './addToEmpty';
import { addToFlow } from './flow';
import { describePath, locate, startOfLocation, YamlPath } from './locate';
import { setMapEntry } from './mapEntries';
import {
  columnOf,
  contentEnd,
  itemPrefixEnd,
  itemToken,
  lineBreakAt,
  nextLine,
  refuseTabIndent,
} from './positions';
import { YamlValue } from './scalars';
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
 * Appends an item to the list at `path`; a list that does not exist is created.
 *
 * @returns the new text
 * @throws {@link YamlEditError} where that cannot be done without touching anything else
 * @public
 */
export function appendListItem(
  text: string,
  path: YamlPath,
  value: YamlValue,
  options: YamlEditOptions = {},
): string {
  const source = parseSource(text, options.file);
  const document = selectDocument(source, options);
  const location = locate(source, document, path);
  if (location.missing.length > 0) {
    const key = path[path.length - 1];
    return setMapEntry(text, path.slice(0, -1), String(key), [value], options);
  }
  const { node } = location;
  const style = writingStyle(
    source,
    document,
    lineBreakAt(text, startOfLocation(location)),
  );
  let splices: Splice[];
  if (isSeq(node) && node.items.length > 0) {
    splices = node.flow
      ? addToFlow(source, node, node.items.length, { value })
      : [appendToBlock(source, node, value, style)];
  } else if (
    isSeq(node) ||
    node === undefined ||
    (isScalar(node) && !node.srcToken)
  ) {
    splices = addToEmpty(source, location, { value }, style);
  } else {
    throw refusal(
      source,
      startOfLocation(location),
      'not-a-list',
      `\`${describePath(path)}\` is not a list`,
      'Check the path.',
    );
  }
  return applyVerified(source, splices, {
    document: options.document ?? 0,
    positions: location.positions,
    change: tree => {
      const { anchor, tag } = tree as { anchor?: string; tag?: string };
      return {
        list: [...('list' in tree ? tree.list : []), treeOfValue(value)],
        ...(anchor ? { anchor } : {}),
        ...(tag ? { tag } : {}),
      };
    },
  });
}

function appendToBlock(
  source: YamlSource,
  list: YAMLSeq,
  value: YamlValue,
  style: WritingStyle,
): Splice {
  const { text } = source;
  const last = list.items.length - 1;
  const token = itemToken(list, last);
  const dash = token.start.find(part => part.type === 'seq-item-ind');
  if (!dash)
    throw refusal(
      source,
      list.range![0],
      'not-a-list',
      'has a list that cannot be extended',
      'Edit it by hand.',
    );
  refuseTabIndent(source, dash.offset);
  const column = columnOf(text, dash.offset);
  const end = contentEnd(
    text,
    list.items[last],
    itemPrefixEnd(token.start, dash.offset + 1),
  );
  const position = nextLine(text, Math.max(end - 1, dash.offset));
  const entry = `${' '.repeat(column)}${writeItem(list, value, column, style)}`;
  return position === text.length && !text.endsWith('\n')
    ? { start: position, end: position, text: `${style.lineBreak}${entry}` }
    : { start: position, end: position, text: `${entry}${style.lineBreak}` };
}
