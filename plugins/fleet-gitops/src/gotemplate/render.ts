import { GoTemplateError } from './errors';
import { Evaluator } from './exec/evaluator';
import { MissingKey } from './exec/options';
import { argocdFunctions } from './functions/argocd';
import { FunctionContext, FunctionMap, GoFunction } from './functions/types';
import { ParsedTemplate, TemplateSet } from './parse/nodes';
import { parseTemplate } from './parse/parser';
import { toDisplayText } from './values/goString';
import { cloneParams, mutatesParams } from './params';
import { Value } from './values/types';

export interface RenderGoTemplateOptions extends FunctionContext {
  /** Options of text/template: `missingkey=default`, `missingkey=invalid`, `missingkey=zero`, `missingkey=error`. */
  goTemplateOptions?: readonly string[];
  /** Name of the template, shown in errors; Argo CD calls it `base`. */
  name?: string;
  /** More functions; they replace those of the same name. */
  functions?: FunctionMap;
  /**
   * Lets `set`, `unset`, `merge` and their relatives write into the given params, as Argo CD does while it renders
   * the fields of one Application. By default such a template works on a copy.
   */
  mutateParams?: boolean;
}

const ARGOCD_FUNCTIONS: ReadonlyMap<string, GoFunction> = new Map(
  Object.entries(argocdFunctions),
);

/** A template that is parsed once and rendered many times. */
export interface CompiledGoTemplate {
  /**
   * Renders the template.
   *
   * @param params - JSON-like data, the `.` of the template
   * @throws GoTemplateError where Go's text/template returns an error
   */
  render(params: unknown): string;
}

function parseOptions(options: readonly string[], name: string): MissingKey {
  let missingKey: MissingKey = 'invalid';
  for (const option of options) {
    switch (option) {
      case 'missingkey=default':
      case 'missingkey=invalid':
        missingKey = 'invalid';
        break;
      case 'missingkey=zero':
        missingKey = 'zero';
        break;
      case 'missingkey=error':
        missingKey = 'error';
        break;
      default:
        throw new GoTemplateError(
          'parse',
          { template: name, line: 1 },
          option === ''
            ? 'empty option string'
            : `unrecognized option: ${option}`,
        );
    }
  }
  return missingKey;
}

/**
 * Parses a Go template with the functions Argo CD gives to ApplicationSets: text/template, Sprig v3 without `env`,
 * `expandenv` and `getHostByName`, and `normalize`, `slugify`, `toYaml`, `fromYaml`, `fromYamlArray`.
 *
 * @throws GoTemplateError for a syntax error or an unknown option
 */
export function compileGoTemplate(
  template: string,
  options: RenderGoTemplateOptions = {},
): CompiledGoTemplate {
  const name = options.name ?? 'base';
  const functions = options.functions
    ? new Map([...ARGOCD_FUNCTIONS, ...Object.entries(options.functions)])
    : ARGOCD_FUNCTIONS;
  const missingKey = parseOptions(options.goTemplateOptions ?? [], name);
  const set: TemplateSet = new Map();
  parseTemplate(name, template, candidate => functions.has(candidate), set);
  const parsed: ParsedTemplate = set.get(name)!;
  const copies = options.mutateParams !== true && mutatesParams(template);
  const execution = { missingKey, functions, context: options };
  return {
    render(params) {
      const data = copies ? cloneParams(params) : params;
      return toDisplayText(
        new Evaluator(set, parsed, execution, data as Value).run(),
      );
    },
  };
}

const MAX_CACHED_TEMPLATES = 5000;
/** Parsed templates by their options, then by their text. */
const caches = new Map<string, Map<string, CompiledGoTemplate>>();

function optionsKey(options: RenderGoTemplateOptions): string {
  const mode = options.mutateParams ? 'mutate' : '';
  return `${options.name ?? 'base'}\0${mode}\0${
    options.goTemplateOptions?.join('\0') ?? ''
  }`;
}

function compileCached(
  template: string,
  options: RenderGoTemplateOptions,
): CompiledGoTemplate {
  if (options.functions || options.now || options.randomBytes) {
    return compileGoTemplate(template, options);
  }
  const key = optionsKey(options);
  let cache = caches.get(key);
  if (!cache) {
    if (caches.size >= 20) {
      caches.clear();
    }
    cache = new Map();
    caches.set(key, cache);
  }
  let compiled = cache.get(template);
  if (!compiled) {
    compiled = compileGoTemplate(template, options);
    if (cache.size >= MAX_CACHED_TEMPLATES) {
      cache.delete(cache.keys().next().value!);
    }
    cache.set(template, compiled);
  }
  return compiled;
}

/**
 * Renders a Go template as Argo CD renders the fields of an ApplicationSet with `goTemplate: true`.
 *
 * The result depends on nothing but the arguments: functions that ask for the time or for random values (`now`,
 * `uuidv4`, `genPrivateKey`) throw an error with `notEvaluable`, unless the options bring a clock or a random source.
 *
 * @param template - the template text
 * @param params - JSON-like data, the `.` of the template; every number in it is a float64
 * @throws GoTemplateError exactly where Go returns an error, with line, action and reason
 */
export function renderGoTemplate(
  template: string,
  params: unknown,
  options: RenderGoTemplateOptions = {},
): string {
  return compileCached(template, options).render(params);
}
