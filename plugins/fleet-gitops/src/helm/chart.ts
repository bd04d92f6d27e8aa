import { FunctionError } from '../gotemplate/errors';
import { deepCopy } from '../gotemplate/functions/deepCopy';
import { isDict } from '../gotemplate/values/types';
import type { GoDict, Value } from '../gotemplate/values/types';
import { unmarshalYaml } from '../gotemplate/yaml/fromYaml';
import { HelmError } from './errors';
import {
  ChartMetadata,
  Dependency,
  readDependencies,
  readMetadata,
} from './metadata';
import { remember } from './remember';

/** A chart, loaded from its files. */
export interface Chart {
  metadata: ChartMetadata;
  /** Entries of `dependencies` in Chart.yaml (or requirements.yaml), where it says any; conditions and tags switch them off. */
  dependencies: Dependency[] | undefined;
  /** Content of values.yaml. */
  values: GoDict;
  /** Content of values.schema.json. */
  schema: string | undefined;
  /** Files below templates/, by path. */
  templates: ReadonlyMap<string, string>;
  /** All other files, for `.Files`. */
  files: ReadonlyMap<string, string>;
  /** Charts below charts/. */
  subcharts: Chart[];
  /** The chart that this one is a subchart of. */
  parent?: Chart;
}

/** Gives a chart its subcharts, which know it as their parent from now on. */
export function setSubcharts(chart: Chart, subcharts: Chart[]): void {
  chart.subcharts = subcharts;
  for (const subchart of subcharts) subchart.parent = chart;
}

/** Where a chart's templates are: `root/charts/sub`. */
export function chartFullPath({ metadata, parent }: Chart): string {
  return parent
    ? `${chartFullPath(parent)}/charts/${metadata.name}`
    : metadata.name;
}

const MAX_TEXTS = 500;

const readYaml = remember(MAX_TEXTS, unmarshalYaml);

/** Parses a YAML file that must be a map; an empty file is an empty map. */
export function readYamlMap(text: string, path: string): GoDict {
  let value: Value;
  try {
    value = deepCopy(readYaml(text));
  } catch (error) {
    if (error instanceof FunctionError) {
      throw new HelmError(`${path} is no valid YAML: ${error.message}`, {
        path,
        cause: error,
      });
    }
    throw error;
  }
  if (value === null || value === undefined) {
    return {};
  }
  if (!isDict(value)) {
    throw new HelmError(`${path} must contain a map`, { path });
  }
  return value;
}

function groupSubcharts(
  files: ReadonlyMap<string, string>,
  chartPath: string,
): Map<string, Map<string, string>> {
  const groups = new Map<string, Map<string, string>>();
  for (const [path, content] of files) {
    const match = /^charts\/([^/]+)(?:\/(.*))?$/.exec(path);
    if (!match || /^[_.]/.test(match[1])) {
      continue;
    }
    const [, name, rest] = match;
    if (rest === undefined) {
      if (name.endsWith('.tgz')) {
        throw new HelmError(
          `packed subcharts are not evaluable: unpack ${chartPath}${path}`,
          { path: chartPath + path, notEvaluable: true },
        );
      }
      continue;
    }
    const group = groups.get(name) ?? new Map<string, string>();
    group.set(rest, content);
    groups.set(name, group);
  }
  return groups;
}

/**
 * Loads a chart from its files, as Helm's loader does (pkg/chart/loader).
 *
 * @param files - content by path relative to the chart's folder
 * @param chartPath - where the chart is, for messages; empty or with a final slash
 */
export function loadChart(
  files: ReadonlyMap<string, string>,
  chartPath = '',
): Chart {
  const chartYaml = files.get('Chart.yaml');
  if (chartYaml === undefined) {
    throw new HelmError(`${chartPath}Chart.yaml is missing`, {
      path: `${chartPath}Chart.yaml`,
    });
  }
  const raw = readYamlMap(chartYaml, `${chartPath}Chart.yaml`);
  const requirements = files.get('requirements.yaml');
  if (requirements !== undefined) {
    Object.assign(
      raw,
      readYamlMap(requirements, `${chartPath}requirements.yaml`),
    );
  }
  const metadata = readMetadata(raw, `${chartPath}Chart.yaml`);
  const templates = new Map<string, string>();
  const others = new Map<string, string>();
  for (const [path, content] of files) {
    const isLoaded =
      [
        'Chart.yaml',
        'Chart.lock',
        'values.yaml',
        'values.schema.json',
      ].includes(path) ||
      (path.startsWith('requirements.') && metadata.apiVersion !== 'v1');
    if (path.startsWith('templates/')) {
      templates.set(path, content);
    } else if (
      !isLoaded &&
      (!path.startsWith('charts/') || path.endsWith('.prov'))
    ) {
      others.set(path, content);
    }
  }
  const subcharts = [...groupSubcharts(files, chartPath)]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, content]) =>
      loadChart(content, `${chartPath}charts/${name}/`),
    );
  const chart: Chart = {
    metadata,
    dependencies: readDependencies(metadata, `${chartPath}Chart.yaml`),
    values: readYamlMap(
      files.get('values.yaml') ?? '',
      `${chartPath}values.yaml`,
    ),
    schema: files.get('values.schema.json'),
    templates,
    files: others,
    subcharts: [],
  };
  setSubcharts(chart, subcharts);
  return chart;
}
