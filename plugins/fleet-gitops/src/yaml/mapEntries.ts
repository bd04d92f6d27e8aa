import { isMap, isScalar, isSeq, YAMLMap } from 'yaml';
import { addToEmpty, isNothing } from './addToEmpty';
import { fillBlankDocument, isBlank } from './blankDocument';
import { firstSimplePair, keyStart, refuseComplexKeys } from './blockMaps';
import { addToFlow } from './flow';
import {
  describePath,
  locate,
  Location,
  startOfLocation,
  YamlPath,
} from './locate';
import { isMergedIn } from './mergeKeys';
import {
  columnOf,
  contentEnd,
  lineBreakAt,
  nextLine,
  refuseTabIndent,
} from './positions';
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
import { sameTree, Tree, treeOf, treeOfScalar, treeOfValue } from './tree';
import {
  areMostlyBlank,
  neighbourQuotes,
  writeEntry,
  WritingStyle,
  writingStyle,
} from './write';

/**
 * Where a new key goes.
 *
 * @public
 */
export interface MapEntryOptions extends YamlEditOptions {
  /** Behind this key, where it exists. Default: behind the last one. */
  after?: string;
  /** In front of this key, where it exists. */
  before?: string;
}

/**
 * Makes sure that the map at `path` has `key` with this value.
 *
 * @remarks
 * An existing scalar is replaced as {@link setScalar} does. A new entry takes indentation, quotes and blank lines from its
 * neighbours. Maps on the way that do not exist are created.
 *
 * @returns the new text; the same text where the entry is already that
 * @throws {@link YamlEditError} where that cannot be done without touching anything else
 * @public
 */
export function setMapEntry(
  text: string,
  path: YamlPath,
  key: string,
  value: YamlValue,
  options: MapEntryOptions = {},
): string {
  const source = parseSource(text, options.file);
  if (isBlank(source, options))
    return fillBlankDocument(source, nest([...path, key], value), options);
  const document = selectDocument(source, options);
  const existing = locate(source, document, [...path, key]);
  if (existing.missing.length === 0) {
    if (isScalarValue(value) && !isMap(existing.node) && !isSeq(existing.node))
      return setScalar(text, [...path, key], value, options);
    if (sameTree(treeOf(existing.node), treeOfValue(value))) return text;
    throw refusal(
      source,
      startOfLocation(existing),
      'exists',
      `has \`${describePath([...path, key])}\` with another content`,
      'Remove it first, or set its entries one by one.',
    );
  }
  const [first, ...rest] = existing.missing.map(String);
  if (existing.missing.some(segment => typeof segment === 'number')) {
    throw refusal(
      source,
      startOfLocation(existing),
      'missing',
      `has no \`${describePath(path)}\``,
      'Check the path.',
    );
  }
  const { node } = existing;
  if (rest.length > 0 && isMap(node) && isMergedIn(document, node, first)) {
    throw refusal(
      source,
      startOfLocation(existing),
      'merge-key',
      `\`${describePath(path)}\` may come from a merge key (\`<<\`)`,
      'Write it out in this map first.',
    );
  }
  return addKey(source, existing, first, nest(rest, value), options);
}

function nest(path: readonly (string | number)[], value: YamlValue): YamlValue {
  return path.reduceRight<YamlValue>(
    (inner, segment) => ({ [segment]: inner }),
    value,
  );
}

function addKey(
  source: YamlSource,
  location: Location,
  key: string,
  value: YamlValue,
  options: MapEntryOptions,
): string {
  const { node, document } = location;
  const style = writingStyle(
    source,
    document,
    lineBreakAt(source.text, startOfLocation(location)),
  );
  const entry: [Tree, Tree] = [treeOfScalar(key), treeOfValue(value)];
  let splices: Splice[];
  let index = 0;
  if (isMap(node) && node.items.length > 0) {
    index = insertionIndex(node, options);
    splices = node.flow
      ? addToFlow(source, node, index, { key, value })
      : [insertIntoBlock(source, node, index, key, value, style)];
  } else if (isMap(node) || isNothing(node)) {
    splices = addToEmpty(source, location, { key, value }, style);
  } else {
    throw refusal(
      source,
      startOfLocation(location),
      'not-a-map',
      `has a ${
        isSeq(node) ? 'list' : 'single value'
      } where a map with \`${key}\` is expected`,
      'Check the path.',
    );
  }
  return applyVerified(source, splices, {
    document: options.document ?? 0,
    positions: location.positions,
    change: tree => {
      const map = 'map' in tree ? [...tree.map] : [];
      map.splice(index, 0, entry);
      const { anchor, tag } = tree as { anchor?: string; tag?: string };
      return { map, ...(anchor ? { anchor } : {}), ...(tag ? { tag } : {}) };
    },
  });
}

function insertionIndex(map: YAMLMap, options: MapEntryOptions): number {
  const indexOf = (key: string | undefined) =>
    key === undefined
      ? -1
      : map.items.findIndex(
          pair => isScalar(pair.key) && pair.key.value === key,
        );
  const after = indexOf(options.after);
  if (after >= 0) return after + 1;
  const before = indexOf(options.before);
  return before >= 0 ? before : map.items.length;
}

/** Own lines for the new entry, behind the entry before it or in front of the first. */
function insertIntoBlock(
  source: YamlSource,
  map: YAMLMap,
  index: number,
  key: string,
  value: YamlValue,
  style: WritingStyle,
): Splice {
  const { text } = source;
  if (index === 0) refuseComplexKeys(source, [map.items[0]]);
  const firstKey = keyStart(firstSimplePair(source, map));
  refuseTabIndent(source, firstKey);
  const column = columnOf(text, firstKey);
  const indent = ' '.repeat(column);
  const blank = hasBlankLinesBetween(text, map) ? style.lineBreak : '';
  const entry = writeEntry(key, value, column, style, neighbourQuotes(map));

  if (index === 0) {
    // The first key may share its line with a dash: the new one takes its place.
    return {
      start: firstKey,
      end: firstKey,
      text: `${entry}${style.lineBreak}${blank}${indent}`,
    };
  }
  const previous = map.items[index - 1];
  const end = contentEnd(text, previous, map.range![1]);
  const position = nextLine(text, Math.max(end - 1, keyStart(previous)));
  const unterminated = position === text.length && !text.endsWith('\n');
  return unterminated
    ? {
        start: position,
        end: position,
        text: `${style.lineBreak}${blank}${indent}${entry}`,
      }
    : {
        start: position,
        end: position,
        text: `${blank}${indent}${entry}${style.lineBreak}`,
      };
}

function hasBlankLinesBetween(text: string, map: YAMLMap): boolean {
  if (map.items.length < 2) return false;
  const gaps = map.items.slice(1).map((pair, index) => {
    const end = contentEnd(text, map.items[index], map.range![0]);
    return text.slice(end, keyStart(pair));
  });
  return areMostlyBlank(gaps);
}
