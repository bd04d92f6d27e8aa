import type { ApplicationSource } from '../../model/argocd';
import type { RepositorySnapshot } from '../../model/repository';
import type { YamlPath } from '../../yaml';
import { mergeValues, Values } from '../values';
import { normalizePath, parseYaml, readYamlFile } from '../yamlFiles';
import type { SourceStatements, VersionHints, VersionStatement } from './types';
import { tagPaths, textAt, USUAL_TAG, ValuePath } from './valuePaths';

/** Says where the version of a chart's Application is, in the chart itself: `annotations` of `Chart.yaml`. */
const CHART_HINT = 'fleet/version-path';

/** A chart with what it is rendered with. */
export interface ChartSource {
  source: ApplicationSource;
  /** Absent for a chart from a chart repository. */
  chart?: { repository: RepositorySnapshot; path: string };
  valueFiles: Array<{ file: string; repository: RepositorySnapshot }>;
  /** Path of the source in the Application. */
  at: YamlPath;
}

/** Values of one kind of place. */
interface Layer {
  values: unknown;
  /** How the place is called and written, for a path in the values. */
  statement(path: ValuePath): Omit<VersionStatement, 'value' | 'kind'>;
}

/**
 * Where the version of a chart's Application can stand: the tag of its image in the Application's own settings, in its value
 * files from the last to the first, in the chart's values; the version of the only chart that it wraps; its `appVersion`. For a
 * chart from a chart repository: that tag where anything here says it, else the version of the chart.
 *
 * Source: Argo CD `docs/user-guide/helm.md`, "Helm Value Precedence".
 */
export function chartStatements(
  from: ChartSource,
  hints: VersionHints,
): SourceStatements {
  const { source, chart, at } = from;
  const revision: VersionStatement[] = chart
    ? ownVersions(chart)
    : [
        {
          kind: 'chart',
          ...(source.targetRevision ? { value: source.targetRevision } : {}),
          field: [...at, 'targetRevision'],
          addable: false,
          name: nameOf([...at, 'targetRevision']),
        },
      ];
  const file =
    chart && readYamlFile(chart.repository, inChart(chart, 'Chart.yaml'));
  const hint: string | undefined =
    hints.path ?? file?.annotations?.[CHART_HINT];
  if (hint === 'targetRevision') return { statements: revision };
  const layers = layersOf(from, file);
  const paths = tagPaths(
    layers.map(({ values }) => values),
    {
      hint,
      names: file?.name ? [...hints.names, file.name] : hints.names,
      subcharts: subchartsOf(file).map(({ key }) => key),
      anyName: chart !== undefined,
    },
  );
  if (paths.length > 1)
    // The service's version is one of them: what the chart says beside them is not.
    return {
      statements: [],
      candidates: paths.map(path => path.join('.')),
    };
  const [path] = paths;
  if (path)
    return {
      statements: [...tagStatements(layers, path), ...(chart ? revision : [])],
    };
  return {
    statements: [
      ...(chart ? tagStatements(layers, USUAL_TAG, !printsTag(chart)) : []),
      ...revision,
    ],
  };
}

/** @param silent - whether writing it where nothing says it has no effect */
function tagStatements(
  layers: Layer[],
  path: ValuePath,
  silent = false,
): VersionStatement[] {
  const statements: VersionStatement[] = [];
  for (const { values, statement } of layers) {
    const text = textAt(values, path);
    const { addable, ...rest } = statement(path);
    statements.push({
      kind: 'image',
      ...(typeof text === 'string' ? { value: text } : {}),
      ...rest,
      addable: addable && !silent,
    });
    if (text === null) break;
  }
  return statements;
}

function layersOf({ source, chart, valueFiles, at }: ChartSource, file: any) {
  const layers: Layer[] = [];
  const { parameters = [], valuesObject, values } = source.helm ?? {};
  // The last of several parameters with one name counts.
  const indexOf = (path: ValuePath) =>
    parameters.map(({ name }) => name).lastIndexOf(path.join('.'));
  if (parameters.length > 0)
    layers.push({
      values: parameters.reduce<Values>(
        (merged, parameter) => mergeValues(merged, nested(parameter)),
        {},
      ),
      statement: path =>
        field([...at, 'helm', 'parameters', indexOf(path), 'value']),
    });
  if (valuesObject)
    layers.push({
      values: valuesObject,
      statement: path => field([...at, 'helm', 'valuesObject', ...path]),
    });
  else if (values)
    layers.push({
      values: parseYaml(values),
      // Text inside a text: an edit of the file cannot reach it, an expression in it can be followed.
      statement: () => field([...at, 'helm', 'values']),
    });
  const ignoresMissing = source.helm?.ignoreMissingValueFiles === true;
  const files = [...valueFiles].reverse();
  if (chart)
    files.push({
      file: inChart(chart, 'values.yaml'),
      repository: chart.repository,
    });
  const seen = new Set<string>();
  for (const [index, { file: name, repository }] of files.entries()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const isDefault = chart !== undefined && index === files.length - 1;
    layers.push({
      values: readYamlFile(repository, name),
      statement: path => ({
        place: { repository, file: name, document: 0, path: [...path] },
        // The chart's own values need not be there either.
        addable: repository.files.has(name) || isDefault || ignoresMissing,
        name,
      }),
    });
  }
  if (chart) layers.push(...subchartLayers(chart, file));
  return layers;
}

function field(path: YamlPath): Omit<VersionStatement, 'value' | 'kind'> {
  return { field: path, addable: false, name: nameOf(path) };
}

/** The values that subcharts in the same repository bring along. */
function subchartLayers(
  { repository, path }: NonNullable<ChartSource['chart']>,
  file: any,
): Layer[] {
  return subchartsOf(file).flatMap(({ key, name, url }) => {
    const directory = url?.startsWith('file://')
      ? normalizePath(`${path}/${url.slice('file://'.length)}`)
      : normalizePath(`${path}/charts/${name}`);
    const values = `${directory}/values.yaml`;
    if (!repository.files.has(values)) return [];
    return [
      {
        values: { [key]: readYamlFile(repository, values) },
        statement: (wanted: ValuePath) => ({
          ...(wanted[0] === key
            ? {
                place: {
                  repository,
                  file: values,
                  document: 0,
                  path: wanted.slice(1),
                },
              }
            : {}),
          addable: false,
          name: values,
        }),
      },
    ];
  });
}

function subchartsOf(
  file: any,
): Array<{ key: string; name: string; url?: string }> {
  const dependencies: unknown = file?.dependencies;
  if (!Array.isArray(dependencies)) return [];
  return dependencies.flatMap(({ name, alias, repository } = {}) =>
    typeof name === 'string'
      ? [{ key: alias ?? name, name, url: repository }]
      : [],
  );
}

/** What the chart's own file says: the version of the only chart that it wraps, and `appVersion`. */
function ownVersions(
  chart: NonNullable<ChartSource['chart']>,
): VersionStatement[] {
  const { repository } = chart;
  const file = inChart(chart, 'Chart.yaml');
  const content = readYamlFile(repository, file);
  const statement = (
    kind: VersionStatement['kind'],
    path: YamlPath,
    value: unknown,
  ): VersionStatement => {
    const text = typeof value === 'number' ? String(value) : value;
    return {
      kind,
      ...(typeof text === 'string' && text ? { value: text } : {}),
      place: { repository, file, document: 0, path },
      addable: false,
      name: file,
    };
  };
  const appVersion = statement('app', ['appVersion'], content?.appVersion);
  const dependencies: unknown = content?.dependencies;
  if (
    !Array.isArray(dependencies) ||
    dependencies.length !== 1 ||
    hasTemplates(chart)
  )
    return [appVersion];
  const wrapped = statement(
    'chart',
    ['dependencies', 0, 'version'],
    dependencies[0]?.version,
  );
  const lock = inChart(chart, 'Chart.lock');
  if (!repository.files.has(lock)) return [wrapped, appVersion];
  // The lock names the version and a digest: Helm refuses one that does not fit.
  const { place: _, ...locked } = wrapped;
  return [{ ...locked, name: `${file}, which ${lock} repeats,` }, appVersion];
}

function inChart({ path }: { path: string }, name: string): string {
  return path ? `${path}/${name}` : name;
}

function nested({ name, value }: { name: string; value: string }): Values {
  // Names with escapes or indexes say nothing that is looked for.
  return /^[A-Za-z0-9_.-]+$/.test(name)
    ? name
        .split('.')
        .reduceRight<any>((inner, key) => ({ [key]: inner }), value)
    : {};
}

function nameOf(path: YamlPath): string {
  return path.filter(key => typeof key === 'string').join('.');
}

/** Directories with templates, and those of them that print values of `image`. */
const templates = new WeakMap<object, Map<string, boolean>>();

function templatesOf({ files }: RepositorySnapshot): Map<string, boolean> {
  let charts = templates.get(files);
  if (!charts) {
    charts = new Map();
    for (const [file, text] of files) {
      const found = /^(?:(.*?)\/)?templates\//.exec(file);
      if (!found) continue;
      const [, directory = ''] = found;
      const prints = /\.Values\.image\b/.test(text);
      charts.set(directory, prints || charts.get(directory) === true);
    }
    templates.set(files, charts);
  }
  return charts;
}

/** Whether the chart prints `image.tag`, so that writing it has an effect. */
function printsTag({
  repository,
  path,
}: NonNullable<ChartSource['chart']>): boolean {
  return templatesOf(repository).get(path) === true;
}

function hasTemplates({
  repository,
  path,
}: NonNullable<ChartSource['chart']>): boolean {
  return templatesOf(repository).has(path);
}
