import { FunctionError, GoTemplateError } from '../gotemplate/errors';
import { Evaluator } from '../gotemplate/exec/evaluator';
import { ExecutionOptions } from '../gotemplate/exec/options';
import { FunctionContext, GoFunction } from '../gotemplate/functions/types';
import { TemplateSet } from '../gotemplate/parse/nodes';
import { isEmptyTemplate, parseTemplate } from '../gotemplate/parse/parser';
import { toDisplayText } from '../gotemplate/values/goString';
import { GoDict, GoMap, Value, isDict } from '../gotemplate/values/types';
import { HelmCapabilities, capabilitiesObject } from './capabilities';
import { Chart, chartFullPath } from './chart';
import { HelmError } from './errors';
import { ChartFiles } from './files';
import { EngineFailure, helmFunctions, templateFunctions } from './functions';
import { chartObject } from './metadata';

/** Values of a release, as templates see them in `.Release`. */
export interface ReleaseObject {
  Name: string;
  Namespace: string;
  Revision: Value;
  IsInstall: boolean;
  IsUpgrade: boolean;
  Service: string;
}

interface Renderable {
  text: string;
  values: GoDict;
  basePath: string;
}

const VALUES = 'chartutil.Values';

/** Collects the templates of a chart and its subcharts with the data they get (engine's recAllTpls). */
function collect(
  chart: Chart,
  parent: { values: Value; release: Value; capabilities: Value },
  into: Map<string, Renderable>,
): GoDict {
  const { name, type } = chart.metadata;
  const isRoot = !chart.parent;
  const fullPath = chartFullPath(chart);
  const parentValues =
    parent.values instanceof GoMap ? parent.values.entries : {};
  let values: Value = parent.values;
  if (!isRoot) {
    const own = Object.hasOwn(parentValues, name)
      ? parentValues[name]
      : undefined;
    values = new GoMap(VALUES, isDict(own) ? own : {});
  }
  const subcharts: GoDict = {};
  const data: GoDict = {
    Chart: chartObject(chart.metadata, chart.dependencies ?? [], isRoot),
    Files: new ChartFiles(chart.files),
    Release: parent.release,
    Capabilities: parent.capabilities,
    Values: values,
    Subcharts: subcharts,
  };
  for (const subchart of chart.subcharts) {
    subcharts[subchart.metadata.name] = collect(
      subchart,
      { ...parent, values },
      into,
    );
  }
  for (const [path, text] of chart.templates) {
    const isPartial = path.split('/').at(-1)!.startsWith('_');
    if (type.toLowerCase() !== 'library' || isPartial) {
      into.set(`${fullPath}/${path}`, {
        text,
        values: data,
        basePath: `${fullPath}/templates`,
      });
    }
  }
  return data;
}

/** Deep paths first, so that definitions of parents replace those of subcharts. */
function sortedPaths(templates: ReadonlyMap<string, Renderable>): string[] {
  const depth = (path: string) => path.split('/').length;
  return [...templates.keys()].sort(
    (left, right) => depth(right) - depth(left) || (left < right ? 1 : -1),
  );
}

/** Adds the templates of one text to a set; a later definition replaces an earlier one unless it is empty. */
export function addTemplates(set: TemplateSet, parsed: TemplateSet): void {
  for (const [name, template] of parsed) {
    if (!set.has(name) || !isEmptyTemplate(template.root)) {
      set.set(name, template);
    }
  }
}

function explain(path: string, error: GoTemplateError): HelmError {
  const failure = findFailure(error);
  const location =
    /^template: (.*?:\d+(?::\d+)?): /.exec(error.message)?.[1] ?? path;
  let message = error.message;
  if (failure) {
    message = `execution error at (${location}): ${failure.message}`;
  } else if (error.phase === 'parse') {
    message = `parse error at (${location}): ${error.reason}`;
  }
  return new HelmError(message, {
    path,
    line: error.line,
    notEvaluable: isNotEvaluable(error),
    cause: error,
  });
}

function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (
    let cause = error;
    cause instanceof Error && chain.length < 5000;
    cause = cause.cause
  ) {
    chain.push(cause);
  }
  return chain;
}

function findFailure(error: unknown): EngineFailure | undefined {
  return causes(error).find(cause => cause instanceof EngineFailure) as
    | EngineFailure
    | undefined;
}

function isNotEvaluable(error: unknown): boolean {
  return causes(error).some(
    cause => cause instanceof GoTemplateError && cause.notEvaluable,
  );
}

const MAX_FILES = 2000;

/** Parsed templates by path, where the text is the same: a chart is rendered for many clusters. */
const files = new Map<string, { text: string; parsed: TemplateSet }>();

function parse(
  path: string,
  text: string,
  isFunction: (name: string) => boolean,
): TemplateSet {
  const known = files.get(path);
  if (known?.text === text) return known.parsed;
  const parsed: TemplateSet = new Map();
  parseTemplate(path, text, isFunction, parsed);
  if (files.size >= MAX_FILES) files.clear();
  files.set(path, { text, parsed });
  return parsed;
}

/**
 * Renders the templates of a chart (Helm's pkg/engine).
 *
 * @returns the text of each template that is no partial, by its path with the chart's name in front, sorted
 */
export function renderTemplates(
  chart: Chart,
  values: GoDict,
  release: ReleaseObject,
  capabilities: HelmCapabilities,
  context: FunctionContext,
): Map<string, string> {
  const templates = new Map<string, Renderable>();
  collect(
    chart,
    {
      values: new GoMap(VALUES, values),
      release: { ...release },
      capabilities: capabilitiesObject(capabilities),
    },
    templates,
  );
  const set: TemplateSet = new Map();
  const functions = new Map<string, GoFunction>(Object.entries(helmFunctions));
  const execution: ExecutionOptions = {
    missingKey: 'zero',
    functions,
    context,
  };
  for (const [name, definition] of templateFunctions(set, execution)) {
    functions.set(name, definition);
  }
  const isFunction = (name: string) => functions.has(name);
  const paths = sortedPaths(templates);
  const rendered = new Map<string, string>();
  for (const path of paths) {
    try {
      addTemplates(set, parse(path, templates.get(path)!.text, isFunction));
    } catch (error) {
      throw error instanceof GoTemplateError ? explain(path, error) : error;
    }
  }
  for (const path of paths) {
    if (path.split('/').at(-1)!.startsWith('_')) {
      continue;
    }
    const { values: data, basePath } = templates.get(path)!;
    data.Template = new GoMap(VALUES, { Name: path, BasePath: basePath });
    try {
      const text = new Evaluator(
        set,
        set.get(path)!,
        execution,
        new GoMap(VALUES, data),
      ).run();
      rendered.set(path, toDisplayText(text).replaceAll('<no value>', ''));
    } catch (error) {
      if (error instanceof GoTemplateError) {
        throw explain(path, error);
      }
      if (error instanceof FunctionError) {
        throw new HelmError(error.message, { path, cause: error });
      }
      throw error;
    }
  }
  return new Map(
    [...rendered].sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}
