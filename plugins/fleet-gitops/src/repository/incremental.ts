import {
  IN_CLUSTER_NAME,
  IN_CLUSTER_SERVER,
} from '@backstage-fleet/plugin-fleet-common';
import {
  ApplicationSetEvaluation,
  GeneratedApplication,
  prepareApplicationSet,
} from '../applicationset';
import { readsCluster } from '../applicationset/clusterReads';
import { readsChangedFiles } from '../applicationset/gitReads';
import { isIndependentByCluster } from '../applicationset/independence';
import { generatorEntries } from '../applicationset/generatorEntries';
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

/** Secrets of one name; usually there is one, but Argo CD does not see to it. */
function byName(clusters: ClusterRecord[]): Map<string, ClusterRecord[]> {
  const groups = new Map<string, ClusterRecord[]>();
  for (const cluster of clusters) {
    const group = groups.get(cluster.name);
    if (group) group.push(cluster);
    else groups.set(cluster.name, [cluster]);
  }
  return groups;
}

/**
 * The clusters that came, went or are different, by name, each as it was and as it is.
 */
export function changedClusters(
  before: ClusterRecord[],
  after: ClusterRecord[],
): Map<string, ClusterRecord[]> {
  const changed = new Map<string, ClusterRecord[]>();
  const old = byName(before);
  for (const [name, records] of byName(after)) {
    const previous = old.get(name) ?? [];
    old.delete(name);
    const isSame =
      previous.length === records.length &&
      previous.every((record, index) => sameCluster(record, records[index]));
    if (!isSame) changed.set(name, [...previous, ...records]);
  }
  for (const [name, records] of old) changed.set(name, records);
  return changed;
}

/** The evaluation of each ApplicationSet, prepared once. */
const prepared = new WeakMap<
  ApplicationSet,
  ReturnType<typeof prepareApplicationSet>
>();

function evaluate(
  applicationSet: ApplicationSet,
  hub: HubSnapshot,
): ApplicationSetEvaluation {
  let evaluator = prepared.get(applicationSet);
  if (!evaluator) {
    evaluator = prepareApplicationSet(applicationSet);
    prepared.set(applicationSet, evaluator);
  }
  return evaluator(hub);
}

/** What differs between two evaluations of which one was made from the other. */
export interface EvaluationDifference {
  before: ApplicationSetEvaluation;
  removed: GeneratedApplication[];
  added: GeneratedApplication[];
}

const differences = new WeakMap<
  ApplicationSetEvaluation,
  EvaluationDifference
>();

/** How an evaluation follows from the one it was made from; `undefined` where it was computed as a whole. */
export function evaluationDifference(
  evaluation: ApplicationSetEvaluation,
): EvaluationDifference | undefined {
  return differences.get(evaluation);
}

/**
 * How the answer of an ApplicationSet follows from the one before.
 *
 * @param changed - what {@link changedClusters} found
 * @param hubBefore - without it, ApplicationSets that read repositories or resources of the hub are evaluated
 * @returns `same` where nothing that it reads is different; `full` where it has to be evaluated; otherwise a
 *   function that evaluates only the changed clusters and takes the rest from the answer before
 */
export function reevaluate(
  before: ApplicationSet,
  after: ApplicationSet,
  hub: HubSnapshot,
  changed: ReadonlyMap<string, ClusterRecord[]>,
  hubBefore?: HubSnapshot,
):
  | 'same'
  | 'full'
  | ((before: ApplicationSetEvaluation) => ApplicationSetEvaluation) {
  if (before !== after && JSON.stringify(before) !== JSON.stringify(after))
    return 'full';
  if (readsHub(after) && !(hubBefore && isSameFor(after, hubBefore, hub)))
    return 'full';
  const affecting = [...changed].filter(([, records]) =>
    readsCluster(after, records),
  );
  if (affecting.length === 0) return 'same';
  // A generator without a selector adds the hub itself depending on what else there is.
  const isAboutHub = affecting.some(
    ([name, records]) =>
      name === IN_CLUSTER_NAME ||
      records.some(({ server }) => server === IN_CLUSTER_SERVER),
  );
  if (isAboutHub || !isIndependentByCluster(after)) return 'full';
  const names = new Set(affecting.map(([name]) => name));
  return answer => evaluateClusters(after, hub, names, answer);
}

const KINDS_READING_THE_HUB = ['git', 'clusterDecisionResource'];
const readers = new WeakMap<ApplicationSet, boolean>();

/** Whether generators read more of the hub than its clusters. */
function readsHub(applicationSet: ApplicationSet): boolean {
  let answer = readers.get(applicationSet);
  if (answer === undefined) {
    answer = generatorEntries(applicationSet.spec.generators).some(entry =>
      KINDS_READING_THE_HUB.some(kind => entry[kind]),
    );
    readers.set(applicationSet, answer);
  }
  return answer;
}

function isSameFor(
  applicationSet: ApplicationSet,
  before: HubSnapshot,
  after: HubSnapshot,
): boolean {
  return (
    before.resources === after.resources &&
    (before.projects === after.projects ||
      JSON.stringify(before.projects) === JSON.stringify(after.projects)) &&
    before.newGitFileGlobbing === after.newGitFileGlobbing &&
    !readsChangedFiles(applicationSet, before, after)
  );
}

/** Rows of list and git generators know no cluster. */
function isOfCluster({ generator }: GeneratedApplication): boolean {
  return !generator.endsWith('.list') && !generator.endsWith('.git');
}

/** Hubs with nothing but some of their clusters: the same for all ApplicationSets that a change affects. */
const partialHubs = new WeakMap<HubSnapshot, Map<string, HubSnapshot>>();

function onlyClusters(hub: HubSnapshot, names: Set<string>): HubSnapshot {
  let ofHub = partialHubs.get(hub);
  if (!ofHub) {
    ofHub = new Map();
    partialHubs.set(hub, ofHub);
  }
  const key = [...names].join('\n');
  let partial = ofHub.get(key);
  if (!partial) {
    const clusters = hub.clusters.filter(({ name }) => names.has(name));
    partial = { ...hub, clusters };
    ofHub.set(key, partial);
  }
  return partial;
}

function evaluateClusters(
  applicationSet: ApplicationSet,
  hub: HubSnapshot,
  names: Set<string>,
  before: ApplicationSetEvaluation,
): ApplicationSetEvaluation {
  if (before.status !== 'ok') return evaluate(applicationSet, hub);
  const partial = evaluate(applicationSet, onlyClusters(hub, names));
  // An error of one cluster is an error of the whole; which one comes first is then asked of all.
  if (partial.status !== 'ok') return evaluate(applicationSet, hub);
  const positions = positionsOf(names, before.applications);
  const removed = positions.map(position => before.applications[position]);
  const added = keepSame(
    positionsOf(names, partial.applications).map(
      position => partial.applications[position],
    ),
    removed,
  );
  const evaluation: ApplicationSetEvaluation = {
    status: 'ok',
    applications: replaceAll(before.applications, positions, added),
  };
  differences.set(evaluation, { before, removed, added });
  return evaluation;
}

/** Where the Applications of these clusters are. */
function positionsOf(
  names: Set<string>,
  applications: GeneratedApplication[],
): number[] {
  const positions: number[] = [];
  for (let index = 0; index < applications.length; index++) {
    const generated = applications[index];
    if (names.has(generated.params.name) && isOfCluster(generated))
      positions.push(index);
  }
  return positions;
}

/** Applications that are as before stay the same objects, so that nobody needs to compare them. */
function keepSame(
  now: GeneratedApplication[],
  before: GeneratedApplication[],
): GeneratedApplication[] {
  if (before.length === 0) return now;
  const known = new Map(
    before.map(({ application }) => [JSON.stringify(application), application]),
  );
  return now.map(generated => ({
    ...generated,
    application:
      known.get(JSON.stringify(generated.application)) ?? generated.application,
  }));
}

/** In the place of the old ones where there are as many, else behind the others. */
function replaceAll(
  all: GeneratedApplication[],
  positions: number[],
  added: GeneratedApplication[],
): GeneratedApplication[] {
  const result = all.slice();
  if (positions.length === added.length) {
    positions.forEach((position, index) => {
      result[position] = added[index];
    });
    return result;
  }
  for (const position of [...positions].reverse()) result.splice(position, 1);
  result.push(...added);
  return result;
}
