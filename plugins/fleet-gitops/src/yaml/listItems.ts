import { isMap, isSeq, YAMLSeq } from 'yaml';
import { addToEmpty, isNothing } from './addToEmpty';
import { fillBlankDocument, isBlank } from './blankDocument';
import { dashOf, hasBlankLinesBetween, itemEnd } from './blockLists';
import { addToFlow } from './flow';
import { describePath, locate, startOfLocation, YamlPath } from './locate';
import { setMapEntry } from './mapEntries';
import { isMergedIn } from './mergeKeys';
import { columnOf, lineBreakAt, nextLine, refuseTabIndent } from './positions';
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
  if (isBlank(source, options) && path.length === 0)
    return fillBlankDocument(source, [value], options);
  const key = String(path[path.length - 1]);
  const append = () =>
    setMapEntry(text, path.slice(0, -1), key, [value], options);
  if (isBlank(source, options)) return append();
  const document = selectDocument(source, options);
  const location = locate(source, document, path);
  const { node } = location;
  if (location.missing.length > 0) {
    if (
      isMap(node) &&
      isMergedIn(document, node, String(location.missing[0]))
    ) {
      throw refusal(
        source,
        startOfLocation(location),
        'merge-key',
        `\`${describePath(path)}\` may come from a merge key (\`<<\`)`,
        'Write it out in this map first.',
      );
    }
    return append();
  }
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
  } else if (isSeq(node) || isNothing(node)) {
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
  const dash = dashOf(list, last);
  refuseTabIndent(source, dash);
  const column = columnOf(text, dash);
  const end = itemEnd(text, list, last);
  const position = nextLine(text, Math.max(end - 1, dash));
  const blank = hasBlankLinesBetween(text, list) ? style.lineBreak : '';
  const entry = `${' '.repeat(column)}${writeItem(list, value, column, style)}`;
  return position === text.length && !text.endsWith('\n')
    ? {
        start: position,
        end: position,
        text: `${style.lineBreak}${blank}${entry}`,
      }
    : {
        start: position,
        end: position,
        text: `${blank}${entry}${style.lineBreak}`,
      };
}
