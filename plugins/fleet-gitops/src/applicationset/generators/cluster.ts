import type { ClusterRecord } from '../../model/fleetSnapshot';
import { generatorError } from '../errors';
import { paramsSlice, type Params, sanitizeName, stringMap } from '../params';
import { findSelectorProblem, matchesLabelSelector } from '../selector';
import type { GeneratorContext } from './context';
import { appendTemplatedValues } from './values';

/** The hub itself, which needs no Secret. */
export const IN_CLUSTER_NAME = 'in-cluster';
export const IN_CLUSTER_SERVER = 'https://kubernetes.default.svc';

const SECRET_TYPE_LABEL = 'argocd.argoproj.io/secret-type';

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
    clusterParams(cluster, context.goTemplate),
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
  for (const params of rows) {
    appendTemplatedValues(spec.values, params, context);
  }
  return spec.flatList ? [{ clusters: paramsSlice(rows) }] : rows;
}

/** Labels of a cluster's Secret, with the one that makes it a cluster Secret. */
export function clusterLabels(cluster: ClusterRecord): Record<string, string> {
  return { ...cluster.labels, [SECRET_TYPE_LABEL]: 'cluster' };
}

function selectClusters(
  selector: any,
  clusters: ClusterRecord[],
): ClusterRecord[] {
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

function clusterParams(cluster: ClusterRecord, goTemplate: boolean): Params {
  const labels = clusterLabels(cluster);
  const annotations = cluster.annotations;
  const params: Params = {
    name: cluster.name,
    nameNormalized: sanitizeName(cluster.name),
    server: cluster.server,
    project: cluster.project ?? '',
  };
  if (goTemplate) {
    params.metadata = {
      ...(Object.keys(annotations).length > 0 && {
        annotations: stringMap({ ...annotations }),
      }),
      labels: stringMap(labels),
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
