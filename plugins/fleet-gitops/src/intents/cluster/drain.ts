import { ConflictError } from '@backstage/errors';
import { layoutOfService } from '../../layouts';
import type { LayoutEdit } from '../../layouts';
import { commonRevision } from '../../layouts/applicationSets/evaluations';
import { Edits } from '../../layouts/edits';
import type { RepositorySnapshot } from '../../model/repository';
import {
  clusterGenerators,
  EvaluatedOrigin,
  evaluateRepository,
  indexRepository,
  RepositoryEvaluation,
  serviceOfApplication,
  withChanges,
} from '../../repository';
import { destinationCluster } from '../../sources/destinationCluster';
import { layoutContext } from '../service/targets';
import { isRefusal } from '../refusal';
import type { ApplyIntentOptions } from '../types';

/** What one source of Applications has on a cluster. */
interface OnCluster {
  origin: EvaluatedOrigin;
  services: string[];
  applications: string[];
}

/** The state of the repository before says which of the labels that the hub still has go with the change. */
export interface DrainOptions extends ApplyIntentOptions {
  before?: RepositorySnapshot;
}

function evaluate(
  repository: RepositorySnapshot,
  { clusters = [], branch, before }: DrainOptions,
): RepositoryEvaluation {
  return evaluateRepository(
    repository,
    { clusters, repositories: () => undefined },
    {
      branch: branch ?? commonRevision(before ?? repository),
      ...(before && before !== repository ? { previous: before } : {}),
    },
  );
}

/** What makes Applications for a cluster, as far as the repository's files say. */
export function applicationsOnCluster(
  cluster: string,
  repository: RepositorySnapshot,
  options: DrainOptions,
): OnCluster[] {
  const { origins, hub } = evaluate(repository, options);
  return origins.flatMap(origin => {
    const { evaluation, declared } = origin;
    if (evaluation.status !== 'ok') return [];
    const found = evaluation.applications
      .map(({ application }) => application)
      .filter(
        application =>
          destinationCluster(application, hub.clusters) === cluster,
      );
    if (found.length === 0) return [];
    const services = found.map(application =>
      serviceOfApplication(application, cluster, declared?.object),
    );
    return [
      {
        origin,
        services: [...new Set(services)].sort(),
        applications: found.map(({ metadata }) => metadata.name),
      },
    ];
  });
}

/** Origins that could be evaluated before and cannot any more: Argo CD would leave their Applications as they are. */
function broken(
  after: RepositorySnapshot,
  options: DrainOptions & { before: RepositorySnapshot },
): Array<{ file: string; message: string }> {
  const old = new Map(
    evaluate(options.before, options).origins.map(origin => [
      origin.key,
      origin,
    ]),
  );
  return evaluate(after, options).origins.flatMap(({ key, file, evaluation }) =>
    evaluation.status !== 'ok' && old.get(key)?.evaluation.status === 'ok'
      ? [{ file, message: evaluation.message }]
      : [],
  );
}

/**
 * Takes everything that deploys a service to a cluster away, so that its Applications go while the cluster can still be
 * reached: Argo CD cannot finish deleting an Application whose cluster it no longer knows.
 *
 * @throws `ConflictError` where something deploys to the cluster that cannot be switched off for it alone
 */
export function drain(
  cluster: string,
  repository: RepositorySnapshot,
  options: ApplyIntentOptions,
): LayoutEdit {
  const own = { ...options, before: repository };
  const changes = new Map<string, string | undefined>();
  const lines: string[] = [];
  let current = repository;
  const carryOut = (edit: LayoutEdit) => {
    for (const [file, text] of edit.changes) changes.set(file, text);
    lines.push(...edit.lines);
    current = withChanges(current, edit.changes);
  };
  for (const { services } of applicationsOnCluster(cluster, current, own)) {
    for (const service of services) {
      const edit = switchOff(service, cluster, current, options);
      if (edit) carryOut(edit);
    }
  }
  for (const { origin } of applicationsOnCluster(cluster, current, own)) {
    const edit = unselect(origin, cluster, current, own);
    if (edit) carryOut(edit);
  }
  const left = applicationsOnCluster(cluster, current, own);
  if (left.length > 0)
    throw new ConflictError(
      `${cluster} cannot be drained: ${left
        .map(
          ({ origin, applications }) =>
            `${origin.file} deploys ${applications.join(', ')} to it`,
        )
        .join(
          '; ',
        )}, and neither a service’s switch nor a label of the cluster ends that. Exclude the cluster there first.`,
    );
  const [error] = broken(current, own);
  if (error)
    throw new ConflictError(
      `${cluster} cannot be drained, because ${error.file} would fail: ${error.message}. Exclude the cluster there first.`,
    );
  return { changes, lines };
}

/** As the repository's layout does it; `undefined` where the layout does not know the service or cannot. */
function switchOff(
  service: string,
  cluster: string,
  repository: RepositorySnapshot,
  options: ApplyIntentOptions,
): LayoutEdit | undefined {
  try {
    const context = layoutContext(options);
    return layoutOfService(
      repository,
      service,
      options.layout,
      context,
    ).disable(service, [cluster], repository, context);
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

const SWITCHED_ON = new Set(['true', 'enabled', 'yes', 'on']);

/** Takes away the first label of the cluster without which an ApplicationSet no longer selects it; switches come first. */
function unselect(
  { declared, key: originKey }: EvaluatedOrigin,
  cluster: string,
  repository: RepositorySnapshot,
  options: DrainOptions & { before: RepositorySnapshot },
): LayoutEdit | undefined {
  const found = indexRepository(repository).clusters.find(
    ({ name }) => name === cluster,
  );
  if (!declared || !found) return undefined;
  const selecting = clusterGenerators(declared.object).flatMap(
    ({ matchLabels, matchExpressions }) => [
      ...Object.keys(matchLabels),
      ...matchExpressions.map(({ key }) => key),
    ],
  );
  const keys = [...new Set(selecting)]
    .filter(
      key => key in found.labels && !key.startsWith('argocd.argoproj.io/'),
    )
    .sort(
      (one, other) =>
        Number(SWITCHED_ON.has(found.labels[other])) -
        Number(SWITCHED_ON.has(found.labels[one])),
    );
  for (const key of keys) {
    const edits = new Edits(repository);
    edits.label(found, key, null);
    const edit = edits.result();
    const after = withChanges(repository, edit.changes);
    const isSelected = applicationsOnCluster(cluster, after, options).some(
      ({ origin }) => origin.key === originKey,
    );
    if (!isSelected && broken(after, options).length === 0) return edit;
  }
  return undefined;
}
