import { generatorError, NotEvaluableError } from '../errors';
import { flattenParameters } from '../flatten';
import type { Params } from '../params';
import { compileRendering } from '../render/compile';
import { generator as generatorType } from '../schema/applicationSet';
import { findSelectorProblem, matchesLabelSelector } from '../selector';
import { generateClusterParams } from './cluster';
import { generateClusterDecisionParams } from './clusterDecisionResource';
import type { GenerateParams, GeneratorContext } from './context';
import { generateGitParams } from './git';
import { generateListParams } from './list';
import { generateMatrixParams } from './matrix';
import { generateMergeParams } from './merge';

/** The kinds of generators, in the order in which Argo CD runs them where an entry names several. */
const GENERATORS: Array<[string, GenerateParams]> = [
  ['list', generateListParams],
  ['clusters', generateClusterParams],
  ['git', generateGitParams],
  ['scmProvider', notEvaluable('lists repositories from a Git host')],
  ['clusterDecisionResource', generateClusterDecisionParams],
  ['pullRequest', notEvaluable('lists open pull requests from a Git host')],
  ['matrix', generateMatrixParams],
  ['merge', generateMergeParams],
  ['plugin', notEvaluable('asks a plugin service')],
  ['oci', notEvaluable('reads an artifact from an OCI registry')],
];

function notEvaluable(what: string): GenerateParams {
  return () => {
    throw new NotEvaluableError(
      `the generator ${what}, so only the hub can tell`,
    );
  };
}

/** The parameter sets of one kind of generator in an entry. */
export interface TransformResult {
  kind: string;
  params: Params[];
}

/**
 * Runs the generators of one entry and filters what they yield by the entry's selector.
 *
 * Of several kinds in one entry all run, and the first error counts. Source: Argo CD
 * `applicationset/generators/generator_spec_processor.go` `Transform`.
 */
export function transform(
  entry: any,
  context: GeneratorContext,
  path: string,
  outerParams?: Params,
): TransformResult[] {
  const problem = entry.selector
    ? findSelectorProblem(entry.selector, { anyValue: true })
    : undefined;
  if (problem) {
    throw generatorError(`${path}.selector: ${problem}`);
  }
  const kinds = GENERATORS.filter(([kind]) => entry[kind] !== undefined);
  const interpolate = outerParams && Object.keys(outerParams).length > 0;
  const results: TransformResult[] = [];
  let firstError: unknown;
  for (const [kind, generate] of kinds) {
    try {
      const spec = interpolate
        ? interpolateGenerator(entry, context, outerParams)[kind]
        : entry[kind];
      const params = generate(spec, {
        ...context,
        interpolated: context.interpolated || Boolean(interpolate),
      });
      results.push({ kind, params: filterParams(params, entry.selector) });
    } catch (error) {
      firstError ??= error;
    }
  }
  if (firstError) {
    throw firstError;
  }
  return results;
}

function filterParams(params: Params[], selector: any): Params[] {
  return selector
    ? params.filter(item =>
        matchesLabelSelector(selector, flattenParameters(item)),
      )
    : params;
}

/** Renders a whole generator with the parameters of another one. */
function interpolateGenerator(
  entry: any,
  { texts }: GeneratorContext,
  params: Params,
): any {
  try {
    return compileRendering(generatorType, entry, texts)(params);
  } catch (error) {
    throw error instanceof NotEvaluableError
      ? error
      : generatorError((error as Error).message, error);
  }
}
