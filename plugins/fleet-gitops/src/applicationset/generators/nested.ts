import { ApplicationSetError, generatorError } from '../errors';
import type { Params } from '../params';
import {
  nestedMatrixGenerator,
  nestedMergeGenerator,
} from '../schema/applicationSet';
import { decode } from '../schema/decode';
import type { GeneratorContext } from './context';
import { transform } from './transform';

/**
 * A child of a matrix or merge as a generator of its own. A combination inside it may only hold simple generators: what
 * goes deeper is dropped, as by Argo CD's types `NestedMatrixGenerator` and `NestedMergeGenerator`.
 */
export function readNestedGenerator(child: any, path: string): any {
  return {
    ...child,
    ...(child.matrix !== undefined && {
      matrix: decodeCombination(
        nestedMatrixGenerator,
        child.matrix,
        `${path}.matrix`,
      ),
    }),
    ...(child.merge !== undefined && {
      merge: decodeCombination(
        nestedMergeGenerator,
        child.merge,
        `${path}.merge`,
      ),
    }),
  };
}

function decodeCombination(type: any, value: any, path: string): any {
  try {
    return decode(type, value, path, { ignoreCase: true });
  } catch (error) {
    if (error instanceof ApplicationSetError) {
      throw generatorError(error.message);
    }
    throw error;
  }
}

/** Parameter sets of one child; `outerParams` are those of a matrix's first generator. */
export function generateNestedParams(
  generator: any,
  context: GeneratorContext,
  path: string,
  outerParams?: Params,
): Params[] {
  const results = transform(
    generator,
    { ...context, readOnly: false },
    path,
    outerParams,
  );
  if (results.length === 0) {
    throw generatorError(
      `${path} has no generator that is allowed here; name one, and nest combinations at most two levels deep`,
    );
  }
  if (results.length > 1) {
    throw generatorError(
      `${path} names ${results.length} generators; give each an entry of its own`,
    );
  }
  return results[0].params;
}
