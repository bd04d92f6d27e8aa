import {
  IN_CLUSTER_NAME,
  IN_CLUSTER_SERVER,
} from '@backstage-fleet/plugin-fleet-common';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { generatorError } from '../errors';
import { valueText } from '../../gotemplate/fmt/printf';
import type { Value } from '../../gotemplate/values/types';
import type { Params } from '../params';
import { findSelectorProblem, matchesLabelSelector } from '../selector';
import type { GeneratorContext } from './context';
import { setValues } from './values';

/**
 * One parameter set per cluster that a resource's status decided for, where Argo CD knows a cluster of that name.
 *
 * The ConfigMap that names the resource's kind and the resources themselves are looked up in the hub snapshot's
 * `resources`. Source: Argo CD `applicationset/generators/duck_type.go`.
 */
export function generateClusterDecisionParams(
  spec: any,
  context: GeneratorContext,
): Params[] {
  const config = readConfig(spec, context);
  const resources = findResources(spec, config, context);
  if (resources.length === 0) {
    throw generatorError(
      `clusterDecisionResource: no ${config.kind} matches in the hub`,
    );
  }
  if (!config.matchKey) {
    return [];
  }
  const rows: Params[] = [];
  for (const decision of resources.flatMap(resource =>
    readDecisions(resource, config.statusListKey),
  )) {
    const cluster = findCluster(decision[config.matchKey], context);
    if (cluster) {
      const params: Params = { ...cluster };
      for (const [key, value] of Object.entries(decision)) {
        params[key] = valueText(value);
      }
      setValues(spec.values ?? {}, params, context.goTemplate);
      rows.push(params);
    }
  }
  return rows;
}

interface DecisionConfig {
  apiVersion: string;
  kind: string;
  statusListKey: string;
  matchKey: string;
}

function readConfig(spec: any, { hub }: GeneratorContext): DecisionConfig {
  const configMap = hub.resources?.find(
    resource =>
      resource.kind === 'ConfigMap' &&
      resource.metadata.name === spec.configMapRef,
  );
  if (!configMap) {
    throw generatorError(
      `clusterDecisionResource: ConfigMap ${JSON.stringify(
        spec.configMapRef,
      )} does not exist`,
    );
  }
  const data: Record<string, string> = configMap.data ?? {};
  if (!data.kind || (data.apiVersion ?? '').indexOf('/') < 1) {
    throw generatorError(
      `clusterDecisionResource: ConfigMap ${spec.configMapRef} needs kind and an apiVersion with a group`,
    );
  }
  return {
    apiVersion: data.apiVersion,
    kind: data.kind,
    statusListKey: data.statusListKey || 'clusters',
    matchKey: data.matchKey ?? '',
  };
}

function findResources(
  spec: any,
  config: DecisionConfig,
  { hub }: GeneratorContext,
): KubernetesObject[] {
  const selector = spec.labelSelector;
  const selects =
    selector.matchLabels !== undefined ||
    selector.matchExpressions !== undefined;
  if (Boolean(spec.name) === selects) {
    throw generatorError(
      'clusterDecisionResource needs either name or labelSelector',
    );
  }
  const problem = findSelectorProblem(selector);
  if (problem) {
    throw generatorError(`clusterDecisionResource.labelSelector: ${problem}`);
  }
  return (hub.resources ?? []).filter(
    resource =>
      resource.apiVersion === config.apiVersion &&
      isOfKind(resource, config.kind) &&
      (spec.name
        ? resource.metadata.name === spec.name
        : matchesLabelSelector(selector, resource.metadata.labels ?? {})),
  );
}

/** The ConfigMap's `kind` is in fact the resource's plural name, `placementdecisions`. */
function isOfKind(resource: KubernetesObject, kind: string): boolean {
  const actual = (resource.kind ?? '').toLowerCase();
  const wanted = kind.toLowerCase();
  return [
    actual,
    `${actual}s`,
    `${actual}es`,
    actual.replace(/y$/, 'ies'),
  ].includes(wanted);
}

function readDecisions(
  resource: KubernetesObject,
  statusListKey: string,
): Array<Record<string, any>> {
  const status = resource.status;
  if (!status || Object.keys(status).length === 0) {
    return [];
  }
  const decisions = status[statusListKey];
  if (!Array.isArray(decisions)) {
    throw generatorError(
      `clusterDecisionResource: status.${statusListKey} of ${resource.metadata.name} is no list`,
    );
  }
  return decisions;
}

function findCluster(
  matchValue: unknown,
  { hub }: GeneratorContext,
): { name: string; server: string } | undefined {
  if (matchValue === undefined || matchValue === null || matchValue === '') {
    return undefined;
  }
  const name = valueText(matchValue as Value);
  const cluster = hub.clusters.find(item => item.name === name);
  if (cluster) {
    return { name: cluster.name, server: cluster.server };
  }
  const hasHub = hub.clusters.some(item => item.server === IN_CLUSTER_SERVER);
  return name === IN_CLUSTER_NAME && !hasHub
    ? { name: IN_CLUSTER_NAME, server: IN_CLUSTER_SERVER }
    : undefined;
}
