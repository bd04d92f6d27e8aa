import { IN_CLUSTER_SERVER } from '@backstage-fleet/plugin-fleet-common';
import type { Application } from '../model/argocd';
import type { ClusterRecord } from '../model/fleetSnapshot';
import { isInCluster } from '../sources/destinationCluster';
import { helmValues, ResolvedSource } from '../sources/helmValues';
import { readYamlFile } from '../sources/yamlFiles';
import type { Declared } from './types';

/** An Application that makes further Applications, with its sources. */
export interface Bootstrap {
  declared: Declared<Application>;
  sources: ResolvedSource[];
}

/** Values that charts of Applications use for the name of the cluster, the most explicit first. */
const CLUSTER_VALUES = [
  ['cluster', 'name'],
  ['clusterName'],
  ['cluster'],
  ['global', 'cluster', 'name'],
  ['global', 'clusterName'],
  ['global', 'cluster'],
];

function at(values: unknown, path: string[]): string | undefined {
  let value = values;
  for (const key of path)
    value =
      value && typeof value === 'object'
        ? (value as Record<string, unknown>)[key]
        : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A cluster's name in the values that the chart is rendered with, where it is not the chart's own default. */
function fromValues({ sources }: Bootstrap): string | undefined {
  for (const source of sources) {
    const values = helmValues(source);
    if (!values) continue;
    const defaults = readYamlFile(
      source.repository,
      source.path ? `${source.path}/values.yaml` : 'values.yaml',
    );
    for (const path of CLUSTER_VALUES) {
      const name = at(values, path);
      if (name !== undefined && name !== at(defaults, path)) return name;
    }
  }
  return undefined;
}

/** What value files are named for: `values.eu.yaml`, `values-eu.yaml`, `eu/values.yaml`, `clusters/eu.yaml`. */
function valueFileNames({ sources }: Bootstrap): string[] {
  return sources.flatMap(({ valueFiles }) =>
    valueFiles.flatMap(({ file }) => {
      const [name = '', directory] = file.split('/').reverse();
      const stem = name.replace(/\.(ya?ml|json)$/, '');
      const specific = /^values[.-](.+)$/.exec(stem)?.[1];
      if (specific) return [specific];
      return stem === 'values' ? [directory ?? ''] : [stem];
    }),
  );
}

/** The known cluster that stands in a text as a word, the longest where several do; `undefined` where two are as long. */
function namedIn(text: string, known: ReadonlySet<string>): string | undefined {
  const found = [...known].filter(name => {
    const start = text.indexOf(name);
    return (
      start >= 0 &&
      !/[A-Za-z0-9]/.test(text[start - 1] ?? '') &&
      !/[A-Za-z0-9]/.test(text[start + name.length] ?? '')
    );
  });
  const longest = Math.max(0, ...found.map(name => name.length));
  const candidates = found.filter(name => name.length === longest);
  return candidates.length === 1 ? candidates[0] : undefined;
}

function placeOf({ sources }: Bootstrap): string {
  return sources
    .map(({ source, path }) => `${source.repoURL} ${path}`)
    .join('\n');
}

/**
 * Which cluster's own Argo CD has each bootstrap Application that goes to `in-cluster`, where the files say so.
 *
 * The first of these that names a cluster:
 * 1. the value `cluster.name`, `clusterName` or `cluster` that its chart is rendered with, unless it is the chart's default,
 * 2. a value file named for a known cluster (`values.<cluster>.yaml`, `values-<cluster>.yaml`, `<cluster>/values.yaml`,
 *    `<cluster>.yaml`),
 * 3. a known cluster in its label `cluster`, its name, or the path of its file,
 * 4. a value file `values.<x>.yaml` or `values-<x>.yaml`, where another bootstrap Application renders the same chart with
 *    another one: then each is for a cluster of its own.
 *
 * A cluster that is registered here under another address than `in-cluster` is a spoke: what goes to `in-cluster` stays on
 * the hub, whatever cluster it is about.
 *
 * @returns the cluster's name by bootstrap Application; absent for those of the hub itself
 */
export function homesOf(
  bootstraps: readonly Bootstrap[],
  clusters: readonly ClusterRecord[],
  self: string | undefined,
): Map<Application, string> {
  const known = new Set(clusters.map(({ name }) => name));
  if (self !== undefined) known.add(self);
  known.delete('in-cluster');
  const spokes = new Set(
    clusters
      .filter(({ server }) => server !== IN_CLUSTER_SERVER && server !== '')
      .map(({ name }) => name),
  );
  const local = bootstraps.filter(({ declared }) =>
    isInCluster(declared.object),
  );
  const siblings = siblingFiles(local);
  const homes = new Map<Application, string>();
  for (const bootstrap of local) {
    const { object, file } = bootstrap.declared;
    const label = object.metadata.labels?.cluster;
    const name =
      fromValues(bootstrap) ??
      valueFileNames(bootstrap).find(candidate => known.has(candidate)) ??
      (label !== undefined && known.has(label) ? label : undefined) ??
      namedIn(object.metadata.name, known) ??
      namedIn(file, known) ??
      siblings.get(bootstrap);
    if (name !== undefined && !spokes.has(name)) homes.set(object, name);
  }
  return homes;
}

/** What is special about the value files of each bootstrap Application among those that render the same chart. */
function siblingFiles(bootstraps: Bootstrap[]): Map<Bootstrap, string> {
  const byPlace = new Map<
    string,
    Array<{ bootstrap: Bootstrap; own: string }>
  >();
  for (const bootstrap of bootstraps) {
    const own = bootstrap.sources
      .flatMap(({ valueFiles }) => valueFiles)
      .map(({ file }) => /(?:^|\/)values[.-]([^/]+)\.ya?ml$/.exec(file)?.[1])
      .findLast(Boolean);
    if (own === undefined) continue;
    const place = placeOf(bootstrap);
    byPlace.set(place, [...(byPlace.get(place) ?? []), { bootstrap, own }]);
  }
  const found = new Map<Bootstrap, string>();
  for (const group of byPlace.values()) {
    const names = new Set(group.map(({ own }) => own));
    if (group.length > 1 && names.size === group.length)
      for (const { bootstrap, own } of group) found.set(bootstrap, own);
  }
  return found;
}
