import { isMap, isScalar, isSeq, Node, Scalar, visit, YAMLMap } from 'yaml';
import { keyStart, refuseComplexKeys } from './blockMaps';
import { removeFromFlow } from './flow';
import {
  describePath,
  locate,
  Location,
  locateExisting,
  startOfLocation,
  YamlPath,
} from './locate';
import { leaveEmpty } from './leaveEmpty';
import { isMergedIn, isMergeKey } from './mergeKeys';
import {
  contentEnd,
  endAbove,
  lineStart,
  nextLine,
  refuseTabIndent,
  withoutBlankLines,
} from './positions';
import {
  parseSource,
  refusal,
  selectDocument,
  usedAnchors,
  YamlEditOptions,
  YamlSource,
} from './source';
import { applyVerified, Splice } from './splice';

/**
 * Removes a key and its value from a map.
 *
 * @remarks
 * A comment behind the value goes with it. Comments on lines of their own stay, those directly above included: they may be
 * about this key or head those that follow, and a comment that is lost cannot be had back from what remains. The last key
 * leaves `{}` behind, so that the map stays a map.
 *
 * @returns the new text; the same text where there is no such key
 * @throws {@link YamlEditError} where that cannot be done without touching anything else
 * @public
 */
export function removeKey(
  text: string,
  path: YamlPath,
  options: YamlEditOptions = {},
): string {
  const source = parseSource(text, options.file);
  const document = selectDocument(source, options);
  const location = locate(source, document, path, 'remove');
  if (location.missing.length > 0) {
    // Says why where the key may come from elsewhere; otherwise there is nothing to remove.
    if (isMap(location.node) && location.node.items.some(isMergeKey))
      locateExisting(source, document, path);
    return text;
  }
  const { parent, pair } = location;
  if (!pair || !isMap(parent)) {
    throw refusal(
      source,
      startOfLocation(location),
      'not-a-map',
      `\`${describePath(path)}\` is not a key of a map`,
      'Check the path.',
    );
  }
  refuseUsedAnchors(source, location);
  const index = parent.items.indexOf(pair);
  const positions = location.positions.slice(0, -1);
  const name = String((pair.key as Scalar).value ?? '');
  if (!isMergeKey(pair) && isMergedIn(document, parent, name)) {
    throw refusal(
      source,
      startOfLocation(location),
      'merge-key',
      `\`${describePath(path)}\` would still come from a merge key (\`<<\`)`,
      'Write the entries of the merge key out first.',
    );
  }
  const splices = parent.flow
    ? removeFromFlow(source, parent, index)
    : removeFromBlock(
        source,
        parent,
        index,
        locate(source, document, path.slice(0, -1)),
      );
  return applyVerified(source, splices, {
    document: options.document ?? 0,
    positions,
    change: tree =>
      'map' in tree
        ? { ...tree, map: tree.map.filter((_entry, at) => at !== index) }
        : tree,
  });
}

/** An alias elsewhere would lose what it stands for. */
export function refuseUsedAnchors(
  source: YamlSource,
  location: Location,
): void {
  const used = usedAnchors(location.document);
  visit(location.node as Node, (_key, node) => {
    const anchor =
      isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
    if (anchor !== undefined && used.has(anchor)) {
      throw refusal(
        source,
        startOfLocation(location),
        'anchor',
        `holds \`&${anchor}\`, which an alias repeats`,
        'Replace the aliases by their values first.',
      );
    }
  });
}

function removeFromBlock(
  source: YamlSource,
  map: YAMLMap,
  index: number,
  location: Location,
): Splice[] {
  const { text } = source;
  const pair = map.items[index];
  refuseComplexKeys(source, [pair]);
  const start = keyStart(pair);
  refuseTabIndent(source, start);
  const end = contentEnd(text, pair, map.range![1]);
  if (map.items.length === 1)
    return leaveEmpty(text, { start, end }, '{}', location);

  const ownLine = text.slice(lineStart(text, start), start).trim() === '';
  // A kept-newlines block scalar ends behind its line break.
  const endOfLine =
    end > start && text[end - 1] === '\n' ? end : nextLine(text, end);
  if (ownLine) {
    const isLastLine = endOfLine === text.length && !text.endsWith('\n');
    // Blank lines above would stand beside others, or at the end.
    const isLoose =
      index > 0 &&
      (isLastLine || /^[ \t]*(\r?\n|$)/.test(text.slice(endOfLine)));
    const line = lineStart(text, start);
    const from = isLoose
      ? withoutBlankLines(
          text,
          line,
          contentEnd(text, map.items[index - 1], map.range![0]),
        )
      : line;
    if (!isLastLine) return [{ start: from, end: endOfLine, text: '' }];
    // The file stays without a line break at its end.
    return [
      {
        start: endAbove(text, from),
        end: endOfLine,
        text: '',
      },
    ];
  }
  // The key shares its line with a dash: what comes next takes its place.
  const next = /\S/.exec(text.slice(endOfLine));
  return [{ start, end: next ? endOfLine + next.index : end, text: '' }];
}
