import type { Guard } from '@backstage-fleet/plugin-fleet-common';
import { indexRepository } from '../layouts';
import type { RepositorySnapshot } from '../model/repository';
import type { ApplicationChange } from './diffApplications';
import type { RepositoryEvaluation } from './evaluateRepository';

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
    const labels =
      hub.clusters.find(({ name }) => name === cluster)?.labels ?? {};
    const label = environmentLabels.find(key => key in labels);
    return (
      label !== undefined && productionEnvironments.includes(labels[label])
    );
  });
}

function emptyResult({ before, after }: GuardContext): Guard[] {
  return after.applicationSets.flatMap(({ key, declared, evaluation }) => {
    const old = before.applicationSets.find(set => set.key === key)?.evaluation;
    return old?.status === 'ok' &&
      old.applications.length > 0 &&
      evaluation.status === 'ok' &&
      evaluation.applications.length === 0
      ? [
          stop(
            'empty-result',
            `ApplicationSet \`${declared.object.metadata.name}\` would generate nothing, so Argo CD would delete all ${old.applications.length} of its Applications.`,
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
  const total = context.before.applicationSets.reduce(
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

function duplicateNames({ after, changes }: GuardContext): Guard[] {
  const owners = new Map<string, string[]>();
  for (const { declared, evaluation } of after.applicationSets) {
    if (evaluation.status !== 'ok') continue;
    for (const { application } of evaluation.applications) {
      const key = `${application.metadata.namespace}/${application.metadata.name}`;
      owners.set(key, [
        ...(owners.get(key) ?? []),
        declared.object.metadata.name,
      ]);
    }
  }
  const touched = new Set(
    changes.map(({ namespace, name }) => `${namespace}/${name}`),
  );
  return [...owners]
    .filter(([key, sets]) => sets.length > 1 && touched.has(key))
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

function evaluationErrors({ before, after }: GuardContext): Guard[] {
  return after.applicationSets.flatMap(({ key, declared, evaluation }) => {
    if (evaluation.status !== 'error') return [];
    const old = before.applicationSets.find(set => set.key === key)?.evaluation;
    if (old && JSON.stringify(old) === JSON.stringify(evaluation)) return [];
    return [
      stop(
        'evaluation-error',
        `ApplicationSet \`${declared.object.metadata.name}\` would fail and Argo CD would leave its Applications as they are: ${evaluation.message}`,
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
