import type {
  ApplicationSet,
  ApplicationSetMiss,
  ApplicationSetStep,
  KubernetesObject,
} from '@backstage-fleet/plugin-fleet-common';
import {
  findFailingRequirement,
  type LabelSelector,
  type LabelSelectorRequirement,
  matchesLabelSelector,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { ApplicationRecord, ClusterEntry } from '../store';

/** Clusters that are named as just missed; more are no help. */
const MOST_MISSES = 50;

/** What an ApplicationSet of a hub does, as the API gives it. */
export function toApplicationSet(
  hub: string,
  object: KubernetesObject,
  found: {
    /** Its Applications, as far as they may be seen. */
    applications: ApplicationRecord[];
    /** The clusters of the hub, as far as they may be seen. */
    clusters: ClusterEntry[];
  },
): ApplicationSet {
  const { namespace = '', name } = object.metadata;
  const { applications, clusters } = found;
  const generators: any[] = object.spec?.generators ?? [];
  const reached = new Set(applications.map(({ clusterId }) => clusterId));
  const conditions = (object.status?.conditions ?? []).map((item: any) => ({
    type: String(item.type),
    status: String(item.status),
    reason: item.reason,
    message: item.message,
  }));
  return {
    id: `${hub}/${namespace}/${name}`,
    hub,
    namespace,
    name,
    generators: generators.map(describeGenerator),
    conditions,
    error: errorOf(conditions),
    applications: applications.length,
    services: [
      ...new Set(applications.flatMap(({ service }) => service ?? [])),
    ].sort(),
    clusters: [...reached].sort(),
    missed: justMissed(generators, clusters, reached),
    steps: stepsOf(object, applications),
  };
}

/**
 * The clusters that one requirement alone keeps out of a cluster generator.
 */
function justMissed(
  generators: any[],
  clusters: ClusterEntry[],
  reached: Set<string>,
): ApplicationSetMiss[] {
  const selectors = generators.flatMap(clusterSelectors);
  const missed: ApplicationSetMiss[] = [];
  for (const { id, labels } of clusters) {
    if (reached.has(id)) continue;
    for (const selector of selectors) {
      const [failing, ...others] = requirements(selector).filter(
        requirement =>
          !matchesLabelSelector({ matchExpressions: [requirement] }, labels),
      );
      if (!failing || others.length > 0) continue;
      missed.push({ cluster: id, reason: sentence(failing, labels) });
      break;
    }
    if (missed.length === MOST_MISSES) break;
  }
  return missed;
}

function clusterSelectors(generator: any): LabelSelector[] {
  const nested = generator.matrix?.generators ?? generator.merge?.generators;
  if (nested) return nested.flatMap(clusterSelectors);
  return generator.clusters?.selector ? [generator.clusters.selector] : [];
}

function requirements(selector: LabelSelector): LabelSelectorRequirement[] {
  return [
    ...Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({
      key,
      operator: 'In',
      values: [value],
    })),
    ...(selector.matchExpressions ?? []),
  ];
}

function sentence(
  requirement: LabelSelectorRequirement,
  labels: Record<string, string>,
): string {
  const actual = findFailingRequirement(
    { matchExpressions: [{ key: requirement.key, operator: 'Exists' }] },
    labels,
  )
    ? 'it has no such label'
    : `it is ${labels[requirement.key]}`;
  return `Label ${requirement.key} must be ${wanted(requirement)}; ${actual}.`;
}

function wanted({ operator, values = [] }: LabelSelectorRequirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? values[0] : `one of ${values.join(', ')}`;
    case 'NotIn':
      return `none of ${values.join(', ')}`;
    case 'Exists':
      return 'there';
    default:
      return 'absent';
  }
}

function describeGenerator(generator: any): string {
  const nested = (kind: 'matrix' | 'merge') =>
    `${kind} of ${(generator[kind].generators ?? [])
      .map((item: any) => `(${describeGenerator(item)})`)
      .join(' and ')}`;
  if (generator.matrix) return nested('matrix');
  if (generator.merge) return nested('merge');
  if (generator.clusters) {
    const wants = requirements(generator.clusters.selector ?? {});
    return wants.length === 0
      ? 'all clusters'
      : `clusters with ${wants
          .map(item => `${item.key} ${wanted(item)}`)
          .join(', ')}`;
  }
  if (generator.list) {
    return `list of ${generator.list.elements?.length ?? 0} elements`;
  }
  if (generator.git) {
    const { directories, files, repoURL } = generator.git;
    const paths = (directories ?? files ?? []).map(({ path }: any) => path);
    return `git ${directories ? 'directories' : 'files'} ${paths.join(
      ', ',
    )} in ${repoURL}`;
  }
  return Object.keys(generator).filter(key => key !== 'selector')[0] ?? 'none';
}

/** Conditions that say that something is wrong, by the status that says so. */
const WRONG: Record<string, string> = {
  ErrorOccurred: 'True',
  ParametersGenerated: 'False',
  ResourcesUpToDate: 'False',
  InvalidRolloutConfig: 'True',
};

function errorOf(conditions: ApplicationSet['conditions']) {
  const wrong = Object.keys(WRONG).flatMap(type =>
    conditions.filter(
      condition => condition.type === type && condition.status === WRONG[type],
    ),
  )[0];
  return wrong && (wrong.message || wrong.reason || wrong.type);
}

function stepsOf(
  { spec, status }: KubernetesObject,
  applications: ApplicationRecord[],
): ApplicationSetStep[] | undefined {
  const steps = spec?.strategy?.rollingSync?.steps;
  if (spec?.strategy?.type !== 'RollingSync' || !Array.isArray(steps)) {
    return undefined;
  }
  const visible = new Set(applications.map(({ name }) => name));
  return steps.map((step: any, index: number) => ({
    step: index + 1,
    selector: (step.matchExpressions ?? [])
      .map((item: any) => `${item.key} ${wanted(item)}`)
      .join(', '),
    maxUpdate:
      step.maxUpdate === undefined ? undefined : String(step.maxUpdate),
    applications: (status?.applicationStatus ?? [])
      .filter(
        (item: any) =>
          item.step === String(index + 1) && visible.has(item.application),
      )
      .map((item: any) => ({ name: item.application, status: item.status })),
  }));
}
