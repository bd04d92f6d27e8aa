import { FLEET_SERVICE_LABEL } from '@backstage-fleet/plugin-fleet-common';
import { serviceOfApplicationSet } from './serviceName';
import type { Application } from '../model/argocd';
import type { HubSnapshot } from '../model/fleetSnapshot';
import { destinationCluster } from '../sources/destinationCluster';
import type {
  EvaluatedApplicationSet,
  RepositoryEvaluation,
} from './evaluateRepository';
import { ApplicationVersion, readApplicationVersion } from '../sources/version';

/**
 * The ApplicationSets that deploy a service: those named for it, else those for many services whose Applications have its
 * label.
 *
 * @public
 */
export function applicationSetsOf(
  service: string,
  applicationSets: EvaluatedApplicationSet[],
): EvaluatedApplicationSet[] {
  const named = applicationSets.filter(
    ({ declared }) => serviceOfApplicationSet(declared.object) === service,
  );
  if (named.length > 0) return named;
  // A set for many services labels its Applications.
  return applicationSets.filter(set => {
    const label: unknown =
      set.declared.object.spec.template?.metadata?.labels?.[
        FLEET_SERVICE_LABEL
      ];
    if (typeof label !== 'string' || !label.includes('{{')) return false;
    const { evaluation } = set;
    return (
      evaluation.status === 'ok' &&
      evaluation.applications.some(
        ({ application }) =>
          application.metadata.labels?.[FLEET_SERVICE_LABEL] === service,
      )
    );
  });
}

/**
 * The Applications of a service among those that one of its ApplicationSets generates for a cluster.
 *
 * @public
 */
export function applicationsOn(
  service: string,
  cluster: string,
  applications: Application[],
  hub: HubSnapshot,
): Application[] {
  return applications.filter(application => {
    // One for many services labels its Applications; one for a single service need not.
    const label = application.metadata.labels?.[FLEET_SERVICE_LABEL];
    return (
      (label === undefined || label === service) &&
      destinationCluster(application, hub.clusters) === cluster
    );
  });
}

/**
 * The version of a service that Git wants on a cluster; `undefined` where it is not deployed there, or says none.
 *
 * @public
 */
export function readVersion(
  service: string,
  cluster: string,
  { applicationSets, hub }: RepositoryEvaluation,
): ApplicationVersion | undefined {
  for (const { evaluation } of applicationSetsOf(service, applicationSets)) {
    if (evaluation.status !== 'ok') continue;
    const all = evaluation.applications.map(({ application }) => application);
    const [application] = applicationsOn(service, cluster, all, hub);
    if (application)
      return readApplicationVersion(application, hub.repositories);
  }
  return undefined;
}
