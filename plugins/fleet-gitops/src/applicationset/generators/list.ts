import { generatorError } from '../errors';
import { cloneJson, type Params } from '../params';
import { YamlError, parseYaml } from '../yaml';
import type { GeneratorContext } from './context';

/**
 * One parameter set per element of `elements`, then of `elementsYaml`.
 *
 * Source: Argo CD `applicationset/generators/list.go`.
 */
export function generateListParams(
  spec: any,
  context: GeneratorContext,
): Params[] {
  const rows = ((spec.elements ?? []) as unknown[]).map((element, index) =>
    readElement(element, `list.elements[${index}]`, context),
  );
  return spec.elementsYaml
    ? [...rows, ...readElementsYaml(spec.elementsYaml)]
    : rows;
}

function readElement(
  element: unknown,
  path: string,
  { goTemplate, interpolated }: GeneratorContext,
): Params {
  if (element === null || element === undefined) {
    // Rendering a generator turns an element without content into an empty one.
    if (interpolated) {
      return {};
    }
    throw generatorError(`${path} is empty; give it at least one key`);
  }
  if (typeof element !== 'object' || Array.isArray(element)) {
    throw generatorError(
      `${path} must be a map, not ${JSON.stringify(element)}`,
    );
  }
  return goTemplate
    ? cloneJson(element as Params)
    : flattenElement(element as Params, path);
}

/** Without goTemplate all values are strings; only `values` may be nested, by one level. */
function flattenElement(element: Params, path: string): Params {
  const params: Params = {};
  for (const [key, value] of Object.entries(element)) {
    if (key !== 'values') {
      params[key] = requireString(value, `${path}.${key}`);
      continue;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw generatorError(`${path}.values must be a map`);
    }
    for (const [name, item] of Object.entries(value)) {
      params[`values.${name}`] = requireString(item, `${path}.values.${name}`);
    }
  }
  return params;
}

function requireString(value: unknown, path: string): string {
  if (typeof value !== 'string') {
    throw generatorError(
      `${path} must be a string; put ${JSON.stringify(
        value,
      )} in quotes or set goTemplate: true`,
    );
  }
  return value;
}

function readElementsYaml(text: string): Params[] {
  let elements: unknown;
  try {
    elements = parseYaml(text);
  } catch (error) {
    if (error instanceof YamlError) {
      throw generatorError(`list.elementsYaml: ${error.message}`);
    }
    throw error;
  }
  if (elements === null) {
    return [];
  }
  if (!Array.isArray(elements)) {
    throw generatorError('list.elementsYaml must be a list of maps');
  }
  return elements.map((element, index) => {
    if (element === null) {
      return {};
    }
    if (typeof element !== 'object' || Array.isArray(element)) {
      throw generatorError(`list.elementsYaml: item ${index} must be a map`);
    }
    return element;
  });
}
