import { generatorError } from '../errors';
import { compareBytes } from '../compareBytes';
import { type Params, toPlain } from '../params';
import type { GeneratorContext } from './context';
import { mergeParams } from './mergeParams';
import { generateNestedParams, readNestedGenerator } from './nested';

/**
 * The parameter sets of the first generator, each completed and overridden by the sets of the later ones that have the same
 * values under all `mergeKeys`. Keys are looked up at the top level of the parameters; an absent one equals another.
 *
 * Source: Argo CD `applicationset/generators/merge.go`.
 */
export function generateMergeParams(
  spec: any,
  context: GeneratorContext,
): Params[] {
  const generators: any[] = spec.generators ?? [];
  if (generators.length < 2) {
    throw generatorError(
      `merge needs two or more generators, not ${generators.length}`,
    );
  }
  const rowsOfAll = generators.map((child, index) => {
    const path = `merge.generators[${index}]`;
    return generateNestedParams(
      readNestedGenerator(child, path),
      context,
      path,
    );
  });
  const mergeKeys: string[] = [...new Set<string>(spec.mergeKeys ?? [])];
  if (mergeKeys.length === 0) {
    throw generatorError('merge needs at least one key in mergeKeys');
  }
  const base = indexByMergeKey(rowsOfAll[0], mergeKeys, 0);
  rowsOfAll.slice(1).forEach((rows, index) => {
    const overrides = indexByMergeKey(rows, mergeKeys, index + 1);
    for (const [key, row] of base) {
      const override = overrides.get(key);
      if (override && context.goTemplate) {
        mergeParams(row, override);
      } else if (override) {
        Object.assign(row, override);
      }
    }
  });
  return [...base.values()];
}

function indexByMergeKey(
  rows: Params[],
  mergeKeys: string[],
  generator: number,
): Map<string, Params> {
  const byKey = new Map<string, Params>();
  for (const row of rows) {
    const key = canonicalJson(
      mergeKeys.map(name => (Object.hasOwn(row, name) ? row[name] : null)),
    );
    if (byKey.has(key)) {
      throw generatorError(
        `merge.generators[${generator}] yields two parameter sets with the same ${mergeKeys.join(
          ', ',
        )}: ${key}`,
      );
    }
    byKey.set(key, row);
  }
  return byKey;
}

function canonicalJson(value: any): string {
  return JSON.stringify(toPlain(value), (_, item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(
          Object.entries(item).sort(([a], [b]) => compareBytes(a, b)),
        )
      : item,
  );
}
