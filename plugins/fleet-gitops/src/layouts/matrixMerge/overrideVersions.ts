import type { ApplicationSet } from '../../model/argocd';
import type { RepositorySnapshot } from '../../model/repository';
import type { Declared } from '../../repository';
import { indexRepository } from '../../repository/indexRepository';
import { generatedDeployments } from '../applicationSets/deployments';
import { evaluationScope } from '../applicationSets/evaluations';
import { inSequence } from '../sequence';
import type { LayoutContext, LayoutEdit, VersionRequest } from '../types';
import { decidingLayer, selectDeployments, versionLayers } from '../versions';
import { unexpectedEffect } from './effects';
import { overrideCluster, overrideEnvironment } from './versionOverrides';

/** The service's deployments in a state of the repository: all, those that are meant, and of these who need the version. */
function select(
  request: VersionRequest,
  sets: Declared<ApplicationSet>[],
  state: RepositorySnapshot,
  context: LayoutContext,
) {
  const { repositories } = evaluationScope(state, context).hub;
  const all = generatedDeployments(sets, state, context).filter(
    ({ deployed }) => deployed.service === request.service,
  );
  const meant = new Set(
    selectDeployments(
      all.map(({ deployed }) => deployed),
      request,
    ),
  );
  const targets = all.filter(({ deployed }) => meant.has(deployed));
  const stale = targets.filter(
    ({ deployed }) =>
      decidingLayer(versionLayers(deployed, state, repositories))?.value !==
      request.version,
  );
  return { all, targets, stale };
}

/**
 * Writes a version as an override, where its targets share it with others now: into the override of their environment, where
 * that is exactly them, else into the element of each cluster.
 *
 * @returns `undefined` where the ApplicationSets have no place for it
 */
export function overrideVersions(
  request: VersionRequest,
  sets: Declared<ApplicationSet>[],
  repository: RepositorySnapshot,
  given: LayoutContext,
): LayoutEdit | undefined {
  const { service, version, environmentLabels } = request;
  const context = environmentLabels ? { ...given, environmentLabels } : given;
  const { all, targets, stale } = select(request, sets, repository, context);
  const clusters = new Set(
    stale.flatMap(({ deployed }) => deployed.cluster ?? []),
  );
  const isSound = (edit: LayoutEdit) =>
    !unexpectedEffect(
      { service, clusters, change: 'change' },
      edit,
      repository,
      context,
    );
  const together = overrideEnvironment(
    targets,
    all,
    version,
    repository,
    context,
  );
  if (together && isSound(together)) return together;
  let isComplete = true;
  const edit = inSequence(
    repository,
    [...clusters].map(cluster => state => {
      const files = new Set(sets.map(({ file }) => file));
      const now = indexRepository(state).applicationSets.filter(({ file }) =>
        files.has(file),
      );
      const target = select(request, now, state, context).stale.find(
        ({ deployed }) => deployed.cluster === cluster,
      );
      const step = target && overrideCluster(target, version, state, context);
      isComplete &&= step !== undefined;
      return step ?? { changes: new Map(), lines: [] };
    }),
  );
  return isComplete && isSound(edit) ? edit : undefined;
}
