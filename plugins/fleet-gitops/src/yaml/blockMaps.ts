import { isScalar, Pair, YAMLMap } from 'yaml';
import { refusal, YamlSource } from './source';

/** Offset of a pair's key. */
export function keyStart(pair: Pair): number {
  return (pair.key as { range: [number, number, number] }).range[0];
}

function hasRange(pair: Pair): boolean {
  return Boolean((pair.key as { range?: unknown } | null)?.range);
}

/** Refuses maps with `? key` or with keys that are no scalars: their lines are not one entry each. */
export function refuseComplexKeys(source: YamlSource, map: YAMLMap): void {
  for (const pair of map.items) {
    if (
      !isScalar(pair.key) ||
      !hasRange(pair) ||
      pair.srcToken?.start.some(token => token.type === 'explicit-key-ind')
    ) {
      throw refusal(
        source,
        map.range![0],
        'complex-key',
        'has a map with a complex key',
        'Edit the map by hand.',
      );
    }
  }
}
