import type { Guard } from '@backstage-fleet/plugin-fleet-common';
import { indexRepository } from '../repository';
import type { Application } from '../model/argocd';
import type { HubSnapshot } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import type { ApplicationChange } from './diffApplications';
import type { RepositoryEvaluation } from '../repository/evaluateRepository';
import { describeOrigin } from '../repository/originTypes';
import { homeCluster } from '../sources/destinationCluster';

/**
 * What stops a change until somebody who may says otherwise.
 *
 * @public
 */
export interface PlanGuardOptions {
  /** More deletions than this stop. Default 3. */
  maxDeletions?: number;
  /** A larger share of the repository's Applications deleted than this stops, from 0 to 1. Default 0.2. */
  maxDeletionShare?: number;
  /** Values of the environment label that mean production. Default `prod`, `production`. */
  productionEnvironments?: string[];
  /** Cluster labels that name the environment, the first present counts. Default `environment`, `env`. */
  environmentLabels?: string[];
}

interface GuardContext {
  before: RepositoryEvaluation;
  after: RepositoryEvaluation;
  changes: ApplicationChange[];
  /** Clusters that the intent names; `undefined` where the change is no intent. */
  namedClusters: string[] | undefined;
  hubId: string | undefined;
  options: PlanGuardOptions;
}

const stop = (id: string, message: string): Guard => ({
  id,
  level: 'stop',
  message,
});

function list(names: string[]): string {
  const unique = [...new Set(names)];
  const shown = unique
    .slice(0, 5)
    .map(name => `\`${name}\``)
    .join(', ');
  return unique.length > 5 ? `${shown} and ${unique.length - 5} more` : shown;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function isProduction(context: GuardContext, cluster: string): boolean {
  const {
    productionEnvironments = ['prod', 'production'],
    environmentLabels = ['environment', 'env'],
  } = context.options;
  return [context.before, context.after].some(({ hub }) => {
    const labels = clusterLabels(hub).get(cluster) ?? {};
    const label = environmentLabels.find(key => key in labels);
    return (
      label !== undefined && productionEnvironments.includes(labels[label])
    );
  });
}

const labelsByHub = new WeakMap<
  HubSnapshot,
  Map<string, Record<string, string>>
>();

function clusterLabels(hub: HubSnapshot): Map<string, Record<string, string>> {
  const known = labelsByHub.get(hub);
  if (known) return known;
  const labels = new Map(
    hub.clusters.map(cluster => [cluster.name, cluster.labels]),
  );
  labelsByHub.set(hub, labels);
  return labels;
}

/** ApplicationSets whose answer can be another one than before. */
function differing({ before, after }: GuardContext) {
  const old = new Map(before.origins.map(set => [set.key, set]));
  return after.origins
    .map(set => ({ set, old: old.get(set.key) }))
    .filter(pair => pair.set !== pair.old);
}

function emptyResult(context: GuardContext): Guard[] {
  return differing(context).flatMap(({ set, old }) => {
    const before = old?.evaluation;
    const { evaluation } = set;
    return before?.status === 'ok' &&
      before.applications.length > 0 &&
      evaluation.status === 'ok' &&
      evaluation.applications.length === 0
      ? [
          stop(
            'empty-result',
            `${describeOrigin(
              set,
            )} would generate nothing, so Argo CD would delete all ${
              before.applications.length
            } of its Applications.`,
          ),
        ]
      : [];
  });
}

function deletions(context: GuardContext): Guard[] {
  const { maxDeletions = 3, maxDeletionShare = 0.2 } = context.options;
  const deleted = context.changes.filter(({ action }) => action === 'delete');
  if (deleted.length === 0) return [];
  const inProduction = deleted.filter(({ cluster }) =>
    isProduction(context, cluster),
  );
  if (inProduction.length > 0) {
    return [
      stop(
        'deletions',
        `Deletes ${count(
          inProduction.length,
          'Application',
        )} in production: ${list(inProduction.map(({ name }) => name))}.`,
      ),
    ];
  }
  const total = context.before.origins.reduce(
    (sum, { evaluation }) =>
      sum + (evaluation.status === 'ok' ? evaluation.applications.length : 0),
    0,
  );
  return deleted.length > maxDeletions ||
    deleted.length > total * maxDeletionShare
    ? [
        stop(
          'deletions',
          `Deletes ${deleted.length} of ${count(total, 'Application')}: ${list(
            deleted.map(({ name }) => name),
          )}. Allowed are ${maxDeletions} and ${Math.round(
            maxDeletionShare * 100,
          )} %.`,
        ),
      ]
    : [];
}

/** Names that an ApplicationSet generates more often than before, though once already. */
function repeatedNames({
  set,
  old,
}: ReturnType<typeof differing>[number]): string[] {
  const { evaluation } = set;
  if (evaluation.status !== 'ok') return [];
  const keys = evaluation.applications.map(({ application }) =>
    nameKey(application),
  );
  const repeated = new Set(
    keys.length === new Set(keys).size
      ? []
      : keys.filter((key, index) => keys.indexOf(key) !== index),
  );
  if (repeated.size === 0 || old?.evaluation.status !== 'ok')
    return [...repeated];
  const before = old.evaluation.applications.map(({ application }) =>
    nameKey(application),
  );
  const times = (all: string[], key: string) =>
    all.filter(item => item === key).length;
  return [...repeated].filter(key => times(keys, key) > times(before, key));
}

/** Names are unique in one Argo CD; each standalone cluster has its own. */
function nameKey(application: Application) {
  const { namespace, name } = application.metadata;
  return `${homeCluster(application) ?? ''} ${namespace}/${name}`;
}

function duplicateNames(context: GuardContext): Guard[] {
  const { after, changes } = context;
  const created = changes
    .filter(({ action }) => action === 'create')
    .map(({ application }) => nameKey(application));
  const owners = new Map<string, string[]>(
    [...created, ...differing(context).flatMap(repeatedNames)].map(key => [
      key,
      [],
    ]),
  );
  if (owners.size === 0) return [];
  for (const { name, evaluation } of after.origins) {
    if (evaluation.status !== 'ok') continue;
    for (const { application } of evaluation.applications)
      owners.get(nameKey(application))?.push(name);
  }
  return [...owners]
    .filter(([, sets]) => sets.length > 1)
    .map(([key, sets]) =>
      stop(
        'duplicate-name',
        `Application \`${key.slice(
          key.indexOf('/') + 1,
        )}\` would be generated ${sets.length} times, by ${list(
          sets,
        )}. Argo CD applies none of them.`,
      ),
    );
}

function unknownCluster({ changes, hubId }: GuardContext): Guard[] {
  const unknown = changes.filter(
    ({ action, known }) => action !== 'delete' && !known,
  );
  return unknown.length > 0
    ? [
        stop(
          'unknown-cluster',
          `${list(unknown.map(({ name }) => name))} would go to ${list(
            unknown.map(({ cluster }) => cluster || '(none)'),
          )}, which ${hubId ? `hub \`${hubId}\`` : 'the hub'} does not know.`,
        ),
      ]
    : [];
}

function unknownProject({ changes, after }: GuardContext): Guard[] {
  const { projects } = after.hub;
  if (!projects) return [];
  const known = new Set([
    'default',
    ...projects,
    ...indexRepository(after.repository).projects,
  ]);
  const unknown = changes.filter(
    ({ action, application }) =>
      action !== 'delete' && !known.has(application.spec.project || 'default'),
  );
  return unknown.length > 0
    ? [
        stop(
          'unknown-project',
          `${list(
            unknown.map(({ name }) => name),
          )} would belong to project ${list(
            unknown.map(({ application }) => application.spec.project!),
          )}, which does not exist.`,
        ),
      ]
    : [];
}

function production(context: GuardContext): Guard[] {
  const { namedClusters, changes } = context;
  const touched = changes.filter(
    ({ cluster }) =>
      isProduction(context, cluster) && !namedClusters?.includes(cluster),
  );
  if (touched.length === 0) return [];
  return [
    {
      id: 'production',
      level: namedClusters ? 'stop' : 'warn',
      message: `Changes ${count(
        touched.length,
        'Application',
      )} in production on clusters that were not named: ${list(
        touched.map(({ cluster }) => cluster),
      )}.`,
    },
  ];
}

function evaluationErrors(context: GuardContext): Guard[] {
  return differing(context).flatMap(({ set, old }) => {
    const { evaluation } = set;
    if (
      evaluation.status !== 'error' ||
      JSON.stringify(old?.evaluation) === JSON.stringify(evaluation)
    )
      return [];
    return [
      stop(
        'evaluation-error',
        `${describeOrigin(
          set,
        )} would fail and Argo CD would leave its Applications as they are: ${
          evaluation.message
        }`,
      ),
    ];
  });
}

/** Files that the change leaves unreadable. */
function unreadable({
  before,
  after,
}: {
  before: RepositorySnapshot;
  after: RepositorySnapshot;
}): Guard[] {
  const known = new Set(
    indexRepository(before).problems.map(({ file }) => file),
  );
  return indexRepository(after)
    .problems.filter(({ file }) => !known.has(file))
    .map(({ file, line, message }) =>
      stop(
        'invalid-yaml',
        `${file}:${line} would not be valid YAML: ${message}.`,
      ),
    );
}

/** All guards that a change meets, the ones that stop first. */
export function checkGuards(context: GuardContext): Guard[] {
  return [
    ...unreadable({
      before: context.before.repository,
      after: context.after.repository,
    }),
    ...evaluationErrors(context),
    ...emptyResult(context),
    ...deletions(context),
    ...duplicateNames(context),
    ...unknownCluster(context),
    ...unknownProject(context),
    ...production(context),
  ].sort(
    (one, other) =>
      Number(other.level === 'stop') - Number(one.level === 'stop'),
  );
}
