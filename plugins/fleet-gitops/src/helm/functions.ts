import {
  FunctionError,
  GoTemplateError,
  NotEvaluableError,
} from '../gotemplate/errors';
import { Evaluator } from '../gotemplate/exec/evaluator';
import { ExecutionOptions } from '../gotemplate/exec/options';
import { builtinFunctions } from '../gotemplate/functions/builtins';
import { sprigFunctions } from '../gotemplate/functions/sprig';
import { FunctionMap, GoFunction, define } from '../gotemplate/functions/types';
import { yamlList, yamlMap } from '../gotemplate/functions/yaml';
import { decodeJson } from '../gotemplate/json/decode';
import { encodeJson } from '../gotemplate/json/encode';
import { ParsedTemplate, TemplateSet } from '../gotemplate/parse/nodes';
import { isEmptyTemplate, parseTemplate } from '../gotemplate/parse/parser';
import { GoSlice, NIL_MAP, Value, isDict } from '../gotemplate/values/types';
import { marshalPrettyYaml, marshalYaml } from '../gotemplate/yaml/toYaml';
import { encodeToml } from './toml';

/** What `fail` and `required` throw: the message is for the person who writes the values. */
export class EngineFailure extends FunctionError {}

function isFunctionError(error: unknown): error is FunctionError {
  return error instanceof FunctionError;
}

/** Runs a function; its error becomes a value, as Helm's YAML and JSON functions do. */
function attempt(run: () => Value, onError: (message: string) => Value): Value {
  try {
    return run();
  } catch (error) {
    if (isFunctionError(error)) {
      return onError(error.message);
    }
    throw error;
  }
}

function jsonOf(text: string, goType: string): Value {
  const value = decodeJson(text);
  const accepts = goType.startsWith('map') ? isDict : Array.isArray;
  if (value !== null && !accepts(value)) {
    throw new FunctionError(
      `json: cannot unmarshal ${jsonKind(
        value,
      )} into Go value of type ${goType}`,
    );
  }
  return value;
}

/** A JSON value's kind, as encoding/json names it in messages. */
function jsonKind(value: Value): string {
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? 'array' : typeof value;
}

function required(message: string, value: Value): Value {
  if (value === null || value === undefined || value === '') {
    throw new EngineFailure(message);
  }
  return value;
}

/** What JSON's `null` is to Go's decoder of a list, as {@link NIL_MAP} is of a map. */
const NIL_SLICE = new GoSlice('interface {}', [], true);

/** The functions of Helm 3's engine that do not render templates (pkg/engine/funcs.go). */
export const helmFunctions: FunctionMap = {
  ...builtinFunctions,
  ...sprigFunctions,
  toYaml: define(['any'], value =>
    attempt(
      () => marshalYaml(value).replace(/\n$/, ''),
      () => '',
    ),
  ),
  toYamlPretty: define(['any'], value =>
    attempt(
      () => marshalPrettyYaml(value).replace(/\n$/, ''),
      () => '',
    ),
  ),
  fromYaml: define(['string'], text =>
    attempt(
      () => yamlMap(text),
      message => ({ Error: message }),
    ),
  ),
  fromYamlArray: define(['string'], text =>
    attempt(
      () => yamlList(text),
      message => [message],
    ),
  ),
  toJson: define(['any'], value =>
    attempt(
      () => encodeJson(value),
      () => '',
    ),
  ),
  fromJson: define(['string'], text =>
    attempt(
      () => jsonOf(text, 'map[string]interface {}') ?? NIL_MAP,
      message => ({ Error: message }),
    ),
  ),
  fromJsonArray: define(['string'], text =>
    attempt(
      () => jsonOf(text, '[]interface {}') ?? NIL_SLICE,
      message => [message],
    ),
  ),
  toToml: define(['any'], value => {
    if (value === null || value === undefined) {
      throw new FunctionError('there is no value to write');
    }
    return attempt(
      () => encodeToml(value),
      message => message,
    );
  }),
  fromToml: define(['string'], () => {
    throw new NotEvaluableError('not evaluable: fromToml is not supported');
  }),
  required: define(['string', 'any'], required),
  fail: define(['string'], message => {
    throw new EngineFailure(message);
  }),
  // Without a cluster there is nothing to find, and no name to resolve.
  lookup: define(['string', 'string', 'string', 'string'], () => ({})),
  getHostByName: define(['string'], () => ''),
};

const MAX_INCLUDES = 1000;

/** `include` and `tpl`, bound to a set of templates. */
export function templateFunctions(
  set: TemplateSet,
  execution: ExecutionOptions,
  included = new Map<string, number>(),
): Map<string, GoFunction> {
  const include = (name: string, data: Value): string => {
    const template = set.get(name);
    if (!template) {
      throw new FunctionError(
        `template: no template "${name}" associated with template "gotpl"`,
      );
    }
    const depth = included.get(name) ?? 0;
    if (depth > MAX_INCLUDES) {
      throw new FunctionError(
        `rendering template has a nested reference name: ${name}: unable to execute template`,
      );
    }
    included.set(name, depth + 1);
    try {
      return new Evaluator(set, template, execution, data).run();
    } finally {
      included.set(name, depth);
    }
  };
  const tpl = (text: string, data: Value): string => {
    const { cloned, functions, template } = parseInline(
      text,
      set,
      execution,
      included,
    );
    try {
      const out = new Evaluator(
        cloned,
        template,
        { ...execution, functions },
        data,
      ).run();
      return out.replaceAll('<no value>', '');
    } catch (error) {
      if (error instanceof GoTemplateError) {
        throw new FunctionError(
          `error during tpl function execution for ${JSON.stringify(text)}: ${
            error.message
          }`,
          { cause: error },
        );
      }
      throw error;
    }
  };
  return new Map([
    ['include', define(['string', 'any'], include)],
    ['tpl', define(['string', 'any'], tpl)],
  ]);
}

function parseInline(
  text: string,
  set: TemplateSet,
  execution: ExecutionOptions,
  included: Map<string, number>,
): {
  cloned: TemplateSet;
  functions: Map<string, GoFunction>;
  template: ParsedTemplate;
} {
  const parsed: TemplateSet = new Map();
  let template: ParsedTemplate;
  try {
    template = parseTemplate(
      'gotpl',
      text,
      name => execution.functions.has(name),
      parsed,
    );
  } catch (error) {
    if (error instanceof GoTemplateError) {
      throw new FunctionError(
        `cannot parse template ${JSON.stringify(text)}: ${error.message}`,
        { cause: error },
      );
    }
    throw error;
  }
  const cloned = new Map(set);
  for (const [name, candidate] of parsed) {
    if (!cloned.has(name) || !isEmptyTemplate(candidate.root)) {
      cloned.set(name, candidate);
    }
  }
  const functions = new Map(execution.functions);
  for (const [name, definition] of templateFunctions(
    cloned,
    { ...execution, functions },
    included,
  )) {
    functions.set(name, definition);
  }
  return { cloned, functions, template: parsed.get('gotpl') ?? template };
}
