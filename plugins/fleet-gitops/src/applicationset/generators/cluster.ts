import {
  IN_CLUSTER_NAME,
  IN_CLUSTER_SERVER,
} from '@backstage-fleet/plugin-fleet-common';
import type { ClusterRecord } from '../../model/fleetSnapshot';
import { generatorError } from '../errors';
import { paramsSlice, type Params, sanitizeName, stringMap } from '../params';
import {
  findSelectorProblem,
  type LabelSelector,
  matchesLabelSelector,
} from '../selector';
import type { GeneratorContext } from './context';
import { appendTemplatedValues } from './values';

const SECRET_TYPE_LABEL = 'argocd.argoproj.io/secret-type';

/** What Argo CD and kubectl write onto a Secret for themselves, `excludedClusterAnnotations` upstream. */
const OWN_ANNOTATIONS = new Set([
  'argocd.argoproj.io/refresh',
  'argocd.argoproj.io/refresh-timestamp',
  'argocd.argoproj.io/hydrate',
  'argocd.argoproj.io/hydrate-timestamp',
  'argocd.argoproj.io/tracking-id',
  'argocd.argoproj.io/installation-id',
  'kubectl.kubernetes.io/last-applied-configuration',
]);

/**
 * One parameter set per cluster Secret that the selector matches, and one for the hub itself where nothing is selected and
 * no matched Secret stands for it. With `flatList` there is a single set that holds them all.
 *
 * Source: Argo CD `applicationset/generators/cluster.go`.
 */
export function generateClusterParams(
  spec: any,
  context: GeneratorContext,
): Params[] {
  const clusters = selectClusters(spec.selector, context.hub.clusters);
  const rows = clusters.map(cluster =>
    context.readOnly && !hasValues(spec)
      ? sharedParams(cluster, context.goTemplate)
      : clusterParams(cluster, context),
  );
  if (
    isEmptySelector(spec.selector) &&
    !clusters.some(cluster => cluster.server === IN_CLUSTER_SERVER)
  ) {
    rows.push({
      name: IN_CLUSTER_NAME,
      nameNormalized: IN_CLUSTER_NAME,
      server: IN_CLUSTER_SERVER,
      project: '',
    });
  }
  if (hasValues(spec)) {
    for (const params of rows) {
      appendTemplatedValues(spec.values, params, context);
    }
  }
  return spec.flatList ? [{ clusters: paramsSlice(rows) }] : rows;
}

/** What follows from a cluster's Secret alone, and is therefore the same in all ApplicationSets. */
interface ClusterDerived {
  labels: Record<string, string>;
  goParams?: Params;
  flatParams?: Params;
}

const derivedOf = new WeakMap<ClusterRecord, ClusterDerived>();

function derived(cluster: ClusterRecord): ClusterDerived {
  let known = derivedOf.get(cluster);
  if (!known) {
    known = { labels: secretLabels(cluster.labels) };
    derivedOf.set(cluster, known);
  }
  return known;
}

/** The labels of a cluster with the one that its Secret has besides. */
export function secretLabels(
  labels: Record<string, string>,
): Record<string, string> {
  return { ...labels, [SECRET_TYPE_LABEL]: 'cluster' };
}

/** Labels of a cluster's Secret, with the one that makes it a cluster Secret. Read-only. */
export function clusterLabels(cluster: ClusterRecord): Record<string, string> {
  return derived(cluster).labels;
}

function hasValues({ values }: any): boolean {
  return values !== undefined && Object.keys(values).length > 0;
}

/** The parameters that all ApplicationSets share which only read them. */
function sharedParams(cluster: ClusterRecord, goTemplate: boolean): Params {
  const shared = derived(cluster);
  if (goTemplate) {
    shared.goParams ??= clusterParams(cluster, { goTemplate, readOnly: true });
    return shared.goParams;
  }
  shared.flatParams ??= clusterParams(cluster, { goTemplate, readOnly: true });
  return shared.flatParams;
}

/**
 * What Argo CD selects Secrets by: it sets the label for cluster Secrets itself, whatever value `matchLabels` has for it.
 */
export function secretSelector(selector: LabelSelector): LabelSelector {
  if (!selector.matchLabels || !(SECRET_TYPE_LABEL in selector.matchLabels)) {
    return selector;
  }
  const { [SECRET_TYPE_LABEL]: _, ...matchLabels } = selector.matchLabels;
  return { ...selector, matchLabels };
}

function selectClusters(
  given: LabelSelector,
  clusters: ClusterRecord[],
): ClusterRecord[] {
  const selector = secretSelector(given);
  const problem = findSelectorProblem(selector);
  if (problem) {
    throw generatorError(`clusters.selector: ${problem}`);
  }
  // Argo CD keys Secrets by name: of several with one name a single one remains.
  const byName = new Map<string, ClusterRecord>();
  for (const cluster of clusters) {
    if (matchesLabelSelector(selector, clusterLabels(cluster))) {
      byName.set(cluster.name, cluster);
    }
  }
  return [...byName.values()];
}

function isEmptySelector(selector: any): boolean {
  return (
    Object.keys(selector.matchLabels ?? {}).length === 0 &&
    (selector.matchExpressions ?? []).length === 0
  );
}

function clusterParams(
  cluster: ClusterRecord,
  { goTemplate, readOnly }: { goTemplate: boolean; readOnly: boolean },
): Params {
  const labels = clusterLabels(cluster);
  const annotations = Object.fromEntries(
    Object.entries(cluster.annotations).filter(
      ([key]) => !OWN_ANNOTATIONS.has(key),
    ),
  );
  const params: Params = {
    name: cluster.name,
    nameNormalized: sanitizeName(cluster.name),
    server: cluster.server,
    project: cluster.project ?? '',
  };
  if (goTemplate) {
    params.metadata = {
      ...(Object.keys(cluster.annotations).length > 0 && {
        annotations: stringMap(annotations),
      }),
      labels: stringMap(readOnly ? labels : { ...labels }),
    };
    return params;
  }
  for (const [key, value] of Object.entries(annotations)) {
    params[`metadata.annotations.${key}`] = value;
  }
  for (const [key, value] of Object.entries(labels)) {
    params[`metadata.labels.${key}`] = value;
  }
  return params;
}
