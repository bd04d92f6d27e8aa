import { isScalar, Pair, YAMLMap } from 'yaml';
import { refusal, YamlSource } from './source';

/** Offset of a pair's key. */
export function keyStart(pair: Pair): number {
  return (pair.key as { range: [number, number, number] }).range[0];
}

function hasRange(pair: Pair): boolean {
  return Boolean((pair.key as { range?: unknown } | null)?.range);
}

function isComplex(pair: Pair): boolean {
  return (
    !isScalar(pair.key) ||
    !hasRange(pair) ||
    Boolean(
      pair.srcToken?.start.some(token => token.type === 'explicit-key-ind'),
    )
  );
}

/** The first entry that is `key: value`: its key stands where those of others would. */
export function firstSimplePair(source: YamlSource, map: YAMLMap): Pair {
  const simple = map.items.find(pair => !isComplex(pair));
  if (!simple) refuseComplexKeys(source, map.items);
  return simple!;
}

/** Refuses entries with `? key` or with keys that are no scalars: their lines are not one entry each. */
export function refuseComplexKeys(
  source: YamlSource,
  pairs: readonly Pair[],
): void {
  for (const pair of pairs) {
    if (isComplex(pair)) {
      throw refusal(
        source,
        (pair.key as { range?: number[] } | null)?.range?.[0] ?? 0,
        'complex-key',
        'has a map with a complex key',
        'Edit the map by hand.',
      );
    }
  }
}
