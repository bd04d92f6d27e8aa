import { ConflictError } from '@backstage/errors';
import { isMap, isScalar, parseDocument } from 'yaml';
import type { RepositorySnapshot } from '../../model/repository';
import { sourcesOf } from '../../sources/version';
import { normalizePath, readYamlFile } from '../../sources/yamlFiles';
import { setMapEntry, setScalar, YamlPath, YamlValue } from '../../yaml';
import type { Edits } from '../edits';
import { pathIn } from './applicationCharts';
import type { ChartCluster, ChartModel } from './model';
import { valueAt, ValuesPath } from '../../sources/values';

/**
 * The file that holds a value for a cluster: its own one, else the last of those that it shares, else the chart's
 * values.yaml; `undefined` where none does.
 */
export function holderOf(
  model: ChartModel,
  cluster: ChartCluster,
  path: ValuesPath,
  repository: RepositorySnapshot,
): string | undefined {
  if (valueAt(cluster.inline, path) !== undefined)
    return cluster.bootstrap?.file;
  return [
    ...[...cluster.valueFiles].reverse(),
    pathIn(model.chart, 'values.yaml'),
  ].find(file => valueAt(readYamlFile(repository, file), path) !== undefined);
}

/**
 * Sets a value for one cluster, in its own values file or where its Application says it.
 *
 * @param together - clusters that shall have the same: only with all of them may a file be changed that they share
 */
export function setForCluster(
  model: ChartModel,
  cluster: ChartCluster,
  path: ValuesPath,
  value: string | boolean,
  context: { edits: Edits; together: ReadonlySet<string> },
): void {
  if (
    valueAt(cluster.inline, path) !== undefined ||
    cluster.valueFiles.length === 0
  ) {
    setInApplication(model, cluster, path, value, context.edits);
    return;
  }
  const file = cluster.valueFiles[cluster.valueFiles.length - 1];
  const others = model.clusters.filter(
    other =>
      !context.together.has(other.name) && other.valueFiles.includes(file),
  );
  if (others.length > 0) {
    throw new ConflictError(
      `${file} holds the values of ${names(others)} too. Name ${
        others.length === 1 ? 'it' : 'them'
      } as well, or give \`${cluster.name}\` a values file of its own.`,
    );
  }
  setInFile(model, file, path, value, context.edits);
}

function names(clusters: readonly ChartCluster[]): string {
  return clusters.map(({ name }) => `\`${name}\``).join(', ');
}

/** Sets a value in a values file; a new entry stands where the chart's values.yaml has it among the others. */
export function setInFile(
  model: ChartModel,
  file: string,
  path: ValuesPath,
  value: YamlValue,
  edits: Edits,
): void {
  // A file that does not exist yet, or has only comments, begins with an empty map.
  const before = edits.text(file);
  const text = hasContent(before) ? before : `${before}{}\n`;
  const after = setMapEntry(
    text,
    path.slice(0, -1),
    path[path.length - 1],
    value,
    {
      file,
      ...placeOf(path, text, edits.text(pathIn(model.chart, 'values.yaml'))),
    },
  );
  edits.set(file, after, `${file}: ${describe(path, value)}`);
}

export function describe(path: ValuesPath, value: YamlValue): string {
  return typeof value === 'object'
    ? path.join('.')
    : `${path.join('.')}: ${value}`;
}

function hasContent(text: string): boolean {
  return parseDocument(text).contents !== null;
}

/** Keys of the map at a path, in their order. */
function keysAt(text: string, path: ValuesPath): string[] | undefined {
  const node = parseDocument(text).getIn(path, true);
  const map = path.length === 0 ? parseDocument(text).contents : node;
  return isMap(map)
    ? map.items.flatMap(({ key }) => (isScalar(key) ? String(key.value) : []))
    : undefined;
}

/** The neighbours of a new entry: those that values.yaml has beside it. */
function placeOf(
  path: ValuesPath,
  text: string,
  defaults: string,
): { after?: string; before?: string } {
  let depth = 0;
  while (depth < path.length - 1 && keysAt(text, path.slice(0, depth + 1)))
    depth++;
  const present = keysAt(text, path.slice(0, depth)) ?? [];
  const order = keysAt(defaults, path.slice(0, depth)) ?? [];
  const index = order.indexOf(path[depth]);
  if (index < 0) return {};
  const after = order
    .slice(0, index)
    .reverse()
    .find(key => present.includes(key));
  if (after !== undefined) return { after };
  const before = order.slice(index + 1).find(key => present.includes(key));
  return before === undefined ? {} : { before };
}

/** Sets a value in the Application that renders the chart: a parameter, or an entry of `valuesObject`. */
function setInApplication(
  model: ChartModel,
  cluster: ChartCluster,
  path: ValuesPath,
  value: string | boolean,
  edits: Edits,
): void {
  const { bootstrap } = cluster;
  const key = path.join('.');
  if (!bootstrap) {
    throw new ConflictError(
      `\`${key}\` of cluster \`${
        cluster.name
      }\` is set where no file of the repository says it. Set it there, or add the file values.${
        cluster.name
      }.yaml to ${model.chart.directory || 'the chart'}.`,
    );
  }
  const { file, document, object } = bootstrap;
  const sources = sourcesOf(object);
  const index = sources.findIndex(
    source =>
      source.path !== undefined &&
      normalizePath(source.path) === model.chart.directory,
  );
  const helm: YamlPath = object.spec.sources?.length
    ? ['spec', 'sources', index, 'helm']
    : ['spec', 'source', 'helm'];
  const own = sources[index]?.helm;
  const parameter =
    own?.parameters?.findIndex(({ name }) => name === key) ?? -1;
  const line = `${file}: ${describe(path, value)}`;
  if (parameter >= 0) {
    edits.set(
      file,
      setScalar(
        edits.text(file),
        [...helm, 'parameters', parameter, 'value'],
        String(value),
        { file, document },
      ),
      line,
    );
    return;
  }
  if (own?.values !== undefined && own.valuesObject === undefined) {
    throw new ConflictError(
      `${file} has the values of cluster \`${cluster.name}\` as a text in \`helm.values\`. Move them to \`helm.valuesObject\` or to a values file first.`,
    );
  }
  edits.set(
    file,
    setMapEntry(
      edits.text(file),
      [...helm, 'valuesObject', ...path.slice(0, -1)],
      path[path.length - 1],
      value,
      { file, document },
    ),
    line,
  );
}
