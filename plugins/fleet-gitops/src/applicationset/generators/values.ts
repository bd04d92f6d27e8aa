import { generatorError, NotEvaluableError } from '../errors';
import { type Params, stringMap } from '../params';
import type { GeneratorContext } from './context';

/**
 * Adds a generator's `values`, rendered with the parameters that are already there: one value cannot use another.
 *
 * Source: Argo CD `applicationset/generators/value_interpolation.go`.
 */
export function appendTemplatedValues(
  values: Record<string, string> | undefined,
  params: Params,
  { texts, goTemplate }: GeneratorContext,
): void {
  const rendered: Record<string, string> = {};
  for (const [key, text] of Object.entries(values ?? {})) {
    try {
      rendered[key] = texts.render(text, params);
    } catch (error) {
      throw error instanceof NotEvaluableError
        ? error
        : generatorError(`values.${key}: ${(error as Error).message}`, error);
    }
  }
  setValues(rendered, params, goTemplate);
}

/** Adds `values` as they are: nested with goTemplate, else one `values.<key>` each. */
export function setValues(
  values: Record<string, string>,
  params: Params,
  goTemplate: boolean,
): void {
  if (!goTemplate) {
    for (const [key, value] of Object.entries(values)) {
      params[`values.${key}`] = value;
    }
  } else if (Object.keys(values).length > 0) {
    params.values = stringMap(values);
  }
}
