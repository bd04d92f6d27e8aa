import { generatorError } from '../errors';
import { valueText } from '../../gotemplate/fmt/printf';
import type { Params } from '../params';
import type { GeneratorContext } from './context';
import { mergeParams } from './mergeParams';
import { generateNestedParams, readNestedGenerator } from './nested';

/**
 * The combinations of two generators. The second one is rendered with each parameter set of the first.
 *
 * With goTemplate the first generator wins where both set a parameter; without it, two different values are an error.
 * Source: Argo CD `applicationset/generators/matrix.go`.
 */
export function generateMatrixParams(
  spec: any,
  context: GeneratorContext,
): Params[] {
  const generators = spec.generators ?? [];
  if (generators.length !== 2) {
    throw generatorError(
      `matrix needs exactly two generators, not ${generators.length}`,
    );
  }
  const first = readNestedGenerator(generators[0], 'matrix.generators[0]');
  const firstRows = generateNestedParams(
    first,
    context,
    'matrix.generators[0]',
  );
  if (firstRows.length === 0) {
    return [];
  }
  const second = readNestedGenerator(generators[1], 'matrix.generators[1]');
  return firstRows.flatMap(row =>
    generateNestedParams(second, context, 'matrix.generators[1]', row).map(
      other =>
        context.goTemplate ? combine(row, other) : combineFlat(row, other),
    ),
  );
}

function combine(first: Params, second: Params): Params {
  const combined: Params = {};
  mergeParams(combined, second);
  mergeParams(combined, first);
  return combined;
}

function combineFlat(first: Params, second: Params): Params {
  const combined: Params = {};
  for (const [key, value] of Object.entries(first)) {
    combined[key] = valueText(value);
  }
  for (const [key, value] of Object.entries(second)) {
    const text = valueText(value);
    if (Object.hasOwn(combined, key) && combined[key] !== text) {
      throw generatorError(
        `both generators of a matrix set ${key}: ${JSON.stringify(
          combined[key],
        )} and ${JSON.stringify(text)}`,
      );
    }
    combined[key] = text;
  }
  return combined;
}
