import { Document, isAlias, isMap, isScalar, isSeq, Pair, YAMLMap } from 'yaml';

/** Whether an entry is `<<`, which YAML 1.1 readers replace by the entries of other maps. */
export function isMergeKey(pair: Pair): boolean {
  return (
    isScalar(pair.key) &&
    pair.key.value === '<<' &&
    !pair.key.type?.startsWith('QUOTE')
  );
}

/**
 * Whether a merge key gives a map this key, for readers that know merge keys. An entry of the map itself is not counted.
 *
 * @remarks
 * What cannot be followed counts as a yes.
 * Source: https://yaml.org/type/merge.html
 */
export function isMergedIn(
  document: Document,
  map: YAMLMap,
  key: string,
): boolean {
  return map.items
    .filter(isMergeKey)
    .some(({ value }) => holds(document, value, key, new Set()));
}

function holds(
  document: Document,
  node: unknown,
  key: string,
  seen: Set<unknown>,
): boolean {
  if (seen.has(node)) return false;
  seen.add(node);
  if (isAlias(node)) return holds(document, node.resolve(document), key, seen);
  if (isSeq(node))
    return node.items.some(item => holds(document, item, key, seen));
  if (!isMap(node)) return true;
  return node.items.some(pair =>
    isMergeKey(pair)
      ? holds(document, pair.value, key, seen)
      : !isScalar(pair.key) || String(pair.key.value ?? '') === key,
  );
}
