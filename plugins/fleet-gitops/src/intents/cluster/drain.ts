import { ConflictError } from '@backstage/errors';
import { FLEET_SERVICE_LABEL } from '@backstage-fleet/plugin-fleet-common';
import { matchesLabelSelector } from '../../applicationset';
import { layoutOf } from '../../layouts';
import type { LayoutEdit } from '../../layouts';
import { findCluster } from '../../layouts/clusterLabels';
import { Edits } from '../../layouts/edits';
import type { RepositorySnapshot } from '../../model/repository';
import {
  clusterGenerators,
  evaluateRepository,
  EvaluatedApplicationSet,
  serviceOfApplicationSet,
  withChanges,
} from '../../repository';
import { destinationCluster } from '../../sources/destinationCluster';
import type { ApplyIntentOptions } from '../types';

/** What an ApplicationSet has on a cluster. */
interface OnCluster {
  set: EvaluatedApplicationSet;
  services: string[];
  applications: string[];
}

/** The ApplicationSets that generate Applications for a cluster, as far as the repository's files say. */
export function applicationsOnCluster(
  cluster: string,
  repository: RepositorySnapshot,
  options: ApplyIntentOptions,
): OnCluster[] {
  const { applicationSets, hub } = evaluateRepository(
    repository,
    { clusters: options.clusters ?? [], repositories: () => undefined },
    { branch: options.branch },
  );
  return applicationSets.flatMap(set => {
    const { evaluation, declared } = set;
    if (evaluation.status !== 'ok') return [];
    const found = evaluation.applications
      .map(({ application }) => application)
      .filter(
        application =>
          destinationCluster(application, hub.clusters) === cluster,
      );
    if (found.length === 0) return [];
    const services = found.map(
      ({ metadata }) =>
        metadata.labels?.[FLEET_SERVICE_LABEL] ??
        serviceOfApplicationSet(declared.object),
    );
    return [
      {
        set,
        services: [...new Set(services)].sort(),
        applications: found.map(({ metadata }) => metadata.name),
      },
    ];
  });
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
  const changes = new Map<string, string | undefined>();
  const lines: string[] = [];
  let current = repository;
  const carryOut = (edit: LayoutEdit) => {
    for (const [file, text] of edit.changes) changes.set(file, text);
    lines.push(...edit.lines);
    current = withChanges(current, edit.changes);
  };
  for (const { services } of applicationsOnCluster(cluster, current, options)) {
    for (const service of services) {
      const edit = switchOff(service, cluster, current, options);
      if (edit) carryOut(edit);
    }
  }
  for (const { set } of applicationsOnCluster(cluster, current, options)) {
    const key = selectingLabel(set, cluster, current);
    if (key === undefined) continue;
    const removal = new Edits(current);
    removal.label(findCluster(cluster, current), key, null);
    carryOut(removal.result());
  }
  const left = applicationsOnCluster(cluster, current, options);
  if (left.length > 0)
    throw new ConflictError(
      `${cluster} cannot be drained: ${left
        .map(
          ({ set, applications }) =>
            `${set.declared.file} deploys ${applications.join(', ')} to it`,
        )
        .join(
          '; ',
        )}, and neither a service’s switch nor a label of the cluster ends that. Exclude the cluster there first.`,
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
    return layoutOf(repository, options.layout).disable(
      service,
      [cluster],
      repository,
    );
  } catch (error) {
    if (
      ['InputError', 'NotFoundError', 'ConflictError'].includes(
        (error as Error).name,
      )
    )
      return undefined;
    throw error;
  }
}

/** A label without which the cluster is no longer selected. */
function selectingLabel(
  { declared }: EvaluatedApplicationSet,
  cluster: string,
  repository: RepositorySnapshot,
): string | undefined {
  const { labels } = findCluster(cluster, repository);
  for (const selector of clusterGenerators(declared.object)) {
    if (!matchesLabelSelector(selector, labels)) continue;
    const keys = [
      ...Object.keys(selector.matchLabels),
      ...selector.matchExpressions
        .filter(({ operator }) => operator === 'In' || operator === 'Exists')
        .map(({ key }) => key),
    ];
    const [key] = keys.filter(name => !name.startsWith('argocd.argoproj.io/'));
    if (key) return key;
  }
  return undefined;
}
