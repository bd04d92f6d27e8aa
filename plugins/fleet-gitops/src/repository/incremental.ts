import {
  ApplicationSetEvaluation,
  evaluateApplicationSet,
  GeneratedApplication,
  matchesLabelSelector,
} from '../applicationset';
import { clusterGenerators } from './clusterGenerators';
import type { ApplicationSet } from '../model/argocd';
import type { ClusterRecord, HubSnapshot } from '../model/fleetSnapshot';

function sameStrings(
  one: Record<string, string>,
  other: Record<string, string>,
): boolean {
  if (one === other) return true;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every(key => one[key] === other[key])
  );
}

function sameCluster(one: ClusterRecord, other: ClusterRecord): boolean {
  return (
    one === other ||
    (one.server === other.server &&
      one.project === other.project &&
      sameStrings(one.labels, other.labels) &&
      sameStrings(one.annotations, other.annotations))
  );
}

/**
 * The clusters that came, went or are different, by name, each as it was and as it is.
 */
export function changedClusters(
  before: ClusterRecord[],
  after: ClusterRecord[],
): Map<string, ClusterRecord[]> {
  const changed = new Map<string, ClusterRecord[]>();
  const old = new Map(before.map(cluster => [cluster.name, cluster]));
  for (const cluster of after) {
    const previous = old.get(cluster.name);
    old.delete(cluster.name);
    if (!previous) changed.set(cluster.name, [cluster]);
    else if (!sameCluster(previous, cluster))
      changed.set(cluster.name, [previous, cluster]);
  }
  for (const cluster of old.values()) changed.set(cluster.name, [cluster]);
  return changed;
}

/** Kinds of generators that an ApplicationSet uses, nested ones included. */
function generatorKinds(applicationSet: ApplicationSet): Set<string> {
  const kinds = new Set<string>();
  const walk = (generators: unknown) => {
    if (!Array.isArray(generators)) return;
    for (const generator of generators) {
      if (!generator || typeof generator !== 'object') continue;
      for (const [kind, value] of Object.entries(generator)) {
        kinds.add(kind);
        if (value && typeof value === 'object')
          walk((value as { generators?: unknown }).generators);
      }
    }
  };
  walk(applicationSet.spec.generators);
  return kinds;
}

/** Generators whose answer depends on nothing but the ApplicationSet and the hub's clusters. */
const KNOWN_INPUTS = new Set([
  'clusters',
  'list',
  'matrix',
  'merge',
  'selector',
  'template',
]);

/**
 * How the answer of an ApplicationSet follows from the one before.
 *
 * @returns `same` where nothing that it reads is different; `full` where it has to be evaluated; otherwise a function that
 *   evaluates only the changed clusters and takes the rest from the answer before
 */
export function reevaluate(
  before: ApplicationSet,
  after: ApplicationSet,
  hub: HubSnapshot,
  changed: ReadonlyMap<string, ClusterRecord[]>,
):
  | 'same'
  | 'full'
  | ((before: ApplicationSetEvaluation) => ApplicationSetEvaluation) {
  if (before !== after && JSON.stringify(before) !== JSON.stringify(after))
    return 'full';
  const kinds = [...generatorKinds(after)];
  if (!kinds.every(kind => KNOWN_INPUTS.has(kind))) return 'full';
  if (changed.size === 0 || !kinds.includes('clusters')) return 'same';

  const generators = clusterGenerators(after);
  // In a matrix the selector itself may be a template.
  if (JSON.stringify(generators).includes('{{')) return 'full';
  const selected = new Set<string>();
  for (const [name, records] of changed) {
    const isSelected = records.some(({ labels }) =>
      generators.some(selector => matchesLabelSelector(selector, labels)),
    );
    if (isSelected) selected.add(name);
  }
  if (selected.size === 0) return 'same';
  return isIndependentByCluster(after)
    ? answer => evaluateClusters(after, hub, selected, answer)
    : 'full';
}

/**
 * Whether each cluster gets its Applications independently of all others: plain cluster generators with a selector (an
 * empty one adds the hub itself depending on what else there is).
 */
function isIndependentByCluster(applicationSet: ApplicationSet): boolean {
  const generators: any[] = applicationSet.spec.generators ?? [];
  return generators.every(({ clusters, list, matrix, merge }) => {
    if (matrix || merge) return false;
    if (!clusters) return Boolean(list);
    const { matchLabels, matchExpressions } = clusters.selector ?? {};
    return (
      !clusters.flatList &&
      Object.keys(matchLabels ?? {}).length + (matchExpressions ?? []).length >
        0
    );
  });
}

function evaluateClusters(
  applicationSet: ApplicationSet,
  hub: HubSnapshot,
  names: Set<string>,
  before: ApplicationSetEvaluation,
): ApplicationSetEvaluation {
  if (before.status !== 'ok')
    return evaluateApplicationSet(applicationSet, hub);
  const partial = evaluateApplicationSet(applicationSet, {
    ...hub,
    clusters: hub.clusters.filter(({ name }) => names.has(name)),
  });
  // An error of one cluster is an error of the whole.
  if (partial.status !== 'ok') return partial;
  const ofCluster = ({ generator }: GeneratedApplication) =>
    generator.endsWith('.clusters');
  return {
    status: 'ok',
    applications: [
      ...before.applications.filter(
        generated =>
          !ofCluster(generated) || !names.has(String(generated.params.name)),
      ),
      ...partial.applications.filter(ofCluster),
    ],
  };
}
