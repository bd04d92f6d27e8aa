import { isSeq, YAMLSeq } from 'yaml';
import { dashOf, itemEnd } from './blockLists';
import { removeFromFlow } from './flow';
import { leaveEmpty } from './leaveEmpty';
import {
  describePath,
  locate,
  locateExisting,
  startOfLocation,
  YamlPath,
} from './locate';
import {
  endAbove,
  lineStart,
  nextLine,
  refuseTabIndent,
  withoutBlankLines,
} from './positions';
import { refuseUsedAnchors } from './removeKey';
import {
  parseSource,
  refusal,
  selectDocument,
  YamlEditOptions,
  YamlSource,
} from './source';
import { applyVerified, Splice } from './splice';

/**
 * Removes an item from a list; the last segment of `path` is its index.
 *
 * @remarks
 * A comment behind the item goes with it, as do blank lines that separated it. Comments on lines of their own stay, as for
 * keys. The last item leaves `[]` behind, so that the list stays a list.
 *
 * @returns the new text
 * @throws {@link YamlEditError} where there is no such item, or where it cannot be removed without touching anything else
 * @public
 */
export function removeListItem(
  text: string,
  path: YamlPath,
  options: YamlEditOptions = {},
): string {
  const source = parseSource(text, options.file);
  const document = selectDocument(source, options);
  const location = locateExisting(source, document, path, 'remove');
  const { parent } = location;
  if (!isSeq(parent)) {
    throw refusal(
      source,
      startOfLocation(location),
      'not-a-list',
      `\`${describePath(path)}\` is not an item of a list`,
      'Check the path.',
    );
  }
  refuseUsedAnchors(source, location);
  const index = location.positions[location.positions.length - 1];
  const splices = removeItem(source, path, parent, index, options);
  return applyVerified(source, splices, {
    document: options.document ?? 0,
    positions: location.positions.slice(0, -1),
    change: tree =>
      'list' in tree
        ? { ...tree, list: tree.list.filter((_item, at) => at !== index) }
        : tree,
  });
}

function removeItem(
  source: YamlSource,
  path: YamlPath,
  list: YAMLSeq,
  index: number,
  options: YamlEditOptions,
): Splice[] {
  if (list.flow) return removeFromFlow(source, list, index);
  refuseTabIndent(source, dashOf(list, index));
  if (list.items.length > 1) return [removeLines(source.text, list, index)];
  const document = selectDocument(source, options);
  const entry = {
    start: dashOf(list, 0),
    end: itemEnd(source.text, list, 0),
  };
  const location = locate(source, document, path.slice(0, -1));
  return leaveEmpty(source.text, entry, '[]', location);
}

/** The lines of an item, and blank lines above it that would otherwise stand beside others or at the end. */
function removeLines(text: string, list: YAMLSeq, index: number): Splice {
  const dash = dashOf(list, index);
  const end = itemEnd(text, list, index);
  // A kept-newlines block scalar ends behind its line break.
  const below =
    end > dash + 1 && text[end - 1] === '\n' ? end : nextLine(text, end);
  const line = lineStart(text, dash);
  if (text.slice(line, dash).trim() !== '') {
    // The first dash shares its line with another one: what comes next takes its place.
    const next = /\S/.exec(text.slice(below));
    return { start: dash, end: next ? below + next.index : end, text: '' };
  }
  const isLastLine = below === text.length && !text.endsWith('\n');
  const from =
    index > 0 && (isLastLine || /^[ \t]*(\r?\n|$)/.test(text.slice(below)))
      ? withoutBlankLines(text, line, itemEnd(text, list, index - 1))
      : line;
  // A file without a line break at its end stays so.
  return isLastLine
    ? { start: endAbove(text, from), end: below, text: '' }
    : { start: from, end: below, text: '' };
}
