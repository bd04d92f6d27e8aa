import {
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Pair,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import { isMergeKey } from './mergeKeys';
import { refuseTemplates, TargetUse } from './refuseTemplates';
import { refusal, usedAnchors, YamlSource } from './source';

/**
 * Keys and list positions from the document's root.
 *
 * @public
 */
export type YamlPath = ReadonlyArray<string | number>;

/** Where a path led to. */
export interface Location {
  document: Document.Parsed;
  /** The node, `undefined` where a key or list item has no value at all. */
  node: unknown;
  /** The map or list that holds the node; `undefined` at the root. */
  parent: YAMLMap | YAMLSeq | undefined;
  pair: Pair | undefined;
  /** Index of the node in each collection on the way. */
  positions: number[];
  /** The part of the path that does not exist. Empty where all of it does. */
  missing: YamlPath;
}

export function describePath(path: YamlPath): string {
  return path.length ? path.join('.') : 'the root';
}

function startOffset(node: unknown, fallback: number): number {
  return (
    (node as { range?: [number, number, number] } | undefined)?.range?.[0] ??
    fallback
  );
}

function findPair(
  source: YamlSource,
  map: YAMLMap,
  segment: string | number,
): { pair: Pair; index: number } | undefined {
  const found: Array<{ pair: Pair; index: number }> = [];
  map.items.forEach((pair, index) => {
    if (isScalar(pair.key) && String(pair.key.value ?? '') === String(segment))
      found.push({ pair, index });
  });
  if (found.length > 1) {
    throw refusal(
      source,
      startOffset(found[1].pair.key, 0),
      'duplicate-key',
      `has the key \`${segment}\` twice`,
      'Remove one of them first: readers disagree which of them counts.',
    );
  }
  return found[0];
}

/**
 * Walks a path through the document, as far as it exists.
 *
 * @remarks
 * Refuses to walk through an alias or into an anchored node that an alias repeats: an edit there would change other
 * places too.
 *
 * @param use - what is done with the target: where its value is not edited, the path may lead to an alias or an anchor
 */
export function locate(
  source: YamlSource,
  document: Document.Parsed,
  path: YamlPath,
  use: TargetUse = 'edit',
): Location {
  const way: unknown[] = [];
  const location = walk(source, document, path, way, use !== 'edit');
  const isFound = location.missing.length === 0;
  refuseTemplates(source, way, isFound ? use : 'edit');
  return location;
}

function walk(
  source: YamlSource,
  document: Document.Parsed,
  path: YamlPath,
  way: unknown[],
  valueStays: boolean,
): Location {
  const used = source.text.includes('*')
    ? usedAnchors(document)
    : new Set<string>();
  let offset = document.range[0];
  const location: Location = {
    document,
    node: document.contents,
    parent: undefined,
    pair: undefined,
    positions: [],
    missing: [],
  };

  const check = (node: unknown) => {
    if (isAlias(node)) {
      throw refusal(
        source,
        startOffset(node, offset),
        'alias',
        `\`*${node.source}\` on the way to \`${describePath(
          path,
        )}\` is an alias`,
        'Write the value out in its place first, or edit where its anchor is.',
      );
    }
    const anchor = (node as { anchor?: string } | undefined)?.anchor;
    if (anchor !== undefined && used.has(anchor)) {
      throw refusal(
        source,
        startOffset(node, offset),
        'anchor',
        `\`&${anchor}\` on the way to \`${describePath(
          path,
        )}\` is repeated by an alias, so the edit would change other places too`,
        'Replace the aliases by their values first.',
      );
    }
  };

  check(location.node);
  way.push(location.node);
  for (const [depth, segment] of path.entries()) {
    const { node } = location;
    offset = startOffset(node, offset);
    if (isMap(node)) {
      const found = findPair(source, node, segment);
      if (!found) {
        location.missing = path.slice(depth);
        return location;
      }
      location.parent = node;
      location.pair = found.pair;
      location.node = found.pair.value ?? undefined;
      location.positions.push(found.index);
    } else if (isSeq(node)) {
      const index = Number(segment);
      if (!Number.isInteger(index) || index < 0 || index >= node.items.length) {
        location.missing = path.slice(depth);
        return location;
      }
      location.parent = node;
      location.pair = undefined;
      location.node = node.items[index];
      location.positions.push(index);
    } else {
      location.missing = path.slice(depth);
      return location;
    }
    way.push(location.node);
    const isEnd = depth === path.length - 1;
    if (!(isEnd && valueStays)) check(location.node);
  }
  return location;
}

/** The location of something that must exist. */
export function locateExisting(
  source: YamlSource,
  document: Document.Parsed,
  path: YamlPath,
  use: TargetUse = 'edit',
): Location {
  const location = locate(source, document, path, use);
  if (location.missing.length === 0) return location;
  const map = location.node;
  if (isMap(map) && map.items.some(isMergeKey)) {
    throw refusal(
      source,
      startOffset(map, 0),
      'merge-key',
      `\`${describePath(
        path,
      )}\` is not written here and may come from a merge key (\`<<\`)`,
      'Write the key out in this map first.',
    );
  }
  throw refusal(
    source,
    startOffset(location.node, offsetOf(location)),
    'missing',
    `has no \`${describePath(path)}\``,
    'Check the path.',
  );
}

function offsetOf(location: Location): number {
  return startOffset(location.pair?.key, location.document.range[0]);
}

/** Offset to name in messages: of the node, or of its key where it has no value. */
export function startOfLocation(location: Location): number {
  const { node, pair, document } = location;
  const range =
    (node as { range?: number[] } | undefined)?.range ??
    (pair?.key as { range?: number[] } | undefined)?.range;
  return range?.[0] ?? document.range[0];
}
