import type { ApplicationSet } from '../../model/argocd';
import type { RepositorySnapshot } from '../../model/repository';
import type { Declared } from '../../repository';
import { indexRepository } from '../../repository/indexRepository';
import {
  isForOneService,
  serviceOfApplicationSet,
} from '../../repository/serviceName';
import type {
  LayoutContext,
  LayoutDeployment,
  LayoutEdit,
  VersionRequest,
} from '../types';
import {
  decidedVersion,
  DeployedApplication,
  selectDeployments,
  setVersions,
  versionLayers,
} from '../versions';
import { deploymentsOf } from './deployments';
import { evaluationScope } from './evaluations';
import { mayRead } from './mayRead';

/** Whether an ApplicationSet can deploy a service, judged without evaluating it. */
function mayDeploy(service: string, { object }: Declared<ApplicationSet>) {
  return (
    !isForOneService(object) || serviceOfApplicationSet(object) === service
  );
}

function compare(one: string | undefined, other: string | undefined): number {
  if (one === other) return 0;
  return (one ?? '') < (other ?? '') ? -1 : 1;
}

/**
 * Where the services of some ApplicationSets run, and in which version.
 *
 * @param owns - the ApplicationSets that count
 * @param service - only this one
 */
export function listDeployments(
  repository: RepositorySnapshot,
  context: LayoutContext,
  owns: (applicationSet: ApplicationSet) => boolean,
  service?: string,
): LayoutDeployment[] {
  const lookup = evaluationScope(repository, context).hub.repositories;
  const sets = indexRepository(repository).applicationSets.filter(
    declared =>
      owns(declared.object) &&
      (service === undefined || mayDeploy(service, declared)),
  );
  return deploymentsOf(sets, repository, context)
    .filter(deployed => service === undefined || deployed.service === service)
    .map(deployed => {
      const { application: _application, origin: _origin, ...place } = deployed;
      return {
        ...place,
        ...decidedVersion(versionLayers(deployed, repository, lookup)),
      };
    })
    .sort(
      (one, other) =>
        compare(one.service, other.service) ||
        compare(one.environment, other.environment) ||
        compare(one.cluster, other.cluster),
    );
}

/**
 * Sets a version where ApplicationSets deploy the service.
 *
 * @param owns - the ApplicationSets that deploy services in this layout
 */
export function setVersion(
  request: VersionRequest,
  repository: RepositorySnapshot,
  given: LayoutContext,
  owns: (applicationSet: ApplicationSet) => boolean,
): LayoutEdit {
  const { service, version, environmentLabels } = request;
  const context = {
    ...given,
    environmentLabels: given.environmentLabels ?? environmentLabels,
  };
  const own = (declared: Declared<ApplicationSet>) =>
    owns(declared.object) && mayDeploy(service, declared);
  const read = (state: RepositorySnapshot, files: string[]) => {
    const sets = indexRepository(state).applicationSets.filter(
      declared =>
        own(declared) || (files.length > 0 && mayRead(declared.object, files)),
    );
    return {
      deployments: deploymentsOf(sets, state, context),
      lookup: evaluationScope(state, context).hub.repositories,
    };
  };
  const meant = selectDeployments(read(repository, []).deployments, request);
  const names = new Set(meant.map(nameOf));
  return setVersions({
    repository,
    version,
    isTarget: deployed => names.has(nameOf(deployed)),
    read,
  });
}

function nameOf({ application: { metadata } }: DeployedApplication): string {
  return `${metadata.namespace}/${metadata.name}`;
}
