import { FLEET_SERVICE_LABEL } from '@backstage-fleet/plugin-fleet-common';
import {
  isForOneService,
  nameToken,
  serviceOfApplicationSet,
} from './serviceName';
import type { Application, ApplicationSet } from '../model/argocd';
import type { HubSnapshot } from '../model/fleetSnapshot';
import { destinationCluster, homeCluster } from '../sources/destinationCluster';
import type {
  EvaluatedApplicationSet,
  RepositoryEvaluation,
} from './evaluateRepository';
import type { EvaluatedOrigin } from './originTypes';
import {
  ApplicationVersion,
  readApplicationVersion,
  sourcesOf,
} from '../sources/version';

type EvaluatedSet = Pick<EvaluatedApplicationSet, 'evaluation'> & {
  declared: EvaluatedApplicationSet['declared'];
};

/**
 * The ApplicationSets that deploy a service: those named for it, else those for many services that have Applications of it.
 *
 * @public
 */
export function applicationSetsOf<T extends EvaluatedSet>(
  service: string,
  applicationSets: T[],
): T[] {
  const named = applicationSets.filter(
    ({ declared }) => serviceOfApplicationSet(declared.object) === service,
  );
  if (named.length > 0) return named;
  return applicationSets.filter(
    set =>
      !isForOneService(set.declared.object) && servicesOf(set).has(service),
  );
}

/** The services of an ApplicationSet for many, by its answer. */
const servicesOfAnswers = new WeakMap<object, Set<string>>();

function servicesOf({ evaluation }: EvaluatedSet): Set<string> {
  let found = servicesOfAnswers.get(evaluation);
  if (!found) {
    found = new Set(
      evaluation.status === 'ok'
        ? evaluation.applications.map(({ application, params }) =>
            ownService(application, [params.name]),
          )
        : [],
    );
    servicesOfAnswers.set(evaluation, found);
  }
  return found;
}

/** The service that an Application names itself: its label, else its name without that of the cluster. */
function ownService(application: Application, clusters: unknown[]): string {
  const { labels, name } = application.metadata;
  return (
    labels?.[FLEET_SERVICE_LABEL] ||
    withoutCluster(name, [
      ...clusters,
      application.spec.destination?.name,
      homeCluster(application),
    ])
  );
}

function withoutCluster(name: string, clusters: unknown[]): string {
  for (const cluster of clusters) {
    if (typeof cluster !== 'string' || cluster === '') continue;
    if (name.startsWith(`${cluster}-`)) return name.slice(cluster.length + 1);
    if (name.endsWith(`-${cluster}`)) return name.slice(0, -cluster.length - 1);
  }
  return name;
}

/**
 * The service that an Application deploys: its `fleet/service` label; what its ApplicationSet is for, or where that is for
 * many services the Application's name without the cluster's. Where no ApplicationSet generates it: the chart or the last
 * directory of its source that its name has as a word; its name without the cluster's; its name.
 *
 * @param cluster - where it goes
 * @param applicationSet - what generates it
 * @public
 */
export function serviceOfApplication(
  application: Application,
  cluster?: string,
  applicationSet?: ApplicationSet,
): string {
  const { labels, name } = application.metadata;
  const label = labels?.[FLEET_SERVICE_LABEL];
  if (label) return label;
  if (applicationSet)
    return isForOneService(applicationSet)
      ? serviceOfApplicationSet(applicationSet)
      : ownService(application, [cluster]);
  for (const { path, chart } of sourcesOf(application)) {
    const segments = chart ? [chart] : (path ?? '').split('/').reverse();
    const named = segments.find(
      segment => segment.length > 1 && nameToken(segment).test(name),
    );
    if (named) return named;
  }
  return withoutCluster(name, [cluster, homeCluster(application)]);
}

/** Origins without an ApplicationSet by the services of their Applications, built once for each evaluation. */
const indexes = new WeakMap<
  RepositoryEvaluation,
  Map<string, EvaluatedOrigin[]>
>();

function originsByService(
  evaluation: RepositoryEvaluation,
): Map<string, EvaluatedOrigin[]> {
  const known = indexes.get(evaluation);
  if (known) return known;
  const { origins, hub, bootstraps } = evaluation;
  const index = new Map<string, EvaluatedOrigin[]>();
  for (const origin of origins) {
    if (origin.kind === 'applicationset' || origin.evaluation.status !== 'ok')
      continue;
    const services = new Set<string>();
    for (const { application } of origin.evaluation.applications) {
      const { metadata } = application;
      // What only brings others about is a service just where it says so, or is asked for by its name.
      services.add(
        bootstraps.has(application) && !metadata.labels?.[FLEET_SERVICE_LABEL]
          ? metadata.name
          : serviceOfApplication(
              application,
              destinationCluster(application, hub.clusters),
            ),
      );
    }
    for (const service of services) {
      const list = index.get(service);
      if (list) list.push(origin);
      else index.set(service, [origin]);
    }
  }
  indexes.set(evaluation, index);
  return index;
}

/**
 * All that makes Applications of a service: ApplicationSets, charts of Applications and manifests.
 *
 * @public
 */
export function originsOf(
  service: string,
  evaluation: RepositoryEvaluation,
): EvaluatedOrigin[] {
  const sets = evaluation.origins.filter(
    (origin): origin is EvaluatedOrigin & EvaluatedSet =>
      origin.declared !== undefined,
  );
  return [
    ...applicationSetsOf(service, sets),
    ...(originsByService(evaluation).get(service) ?? []),
  ];
}

/**
 * The Applications of a service on a cluster that one of its origins makes.
 *
 * @public
 */
export function serviceApplications(
  service: string,
  cluster: string,
  { evaluation, declared }: EvaluatedOrigin,
  { hub, bootstraps }: Pick<RepositoryEvaluation, 'hub' | 'bootstraps'>,
): Application[] {
  if (evaluation.status !== 'ok') return [];
  const all = evaluation.applications.map(({ application }) => application);
  if (declared) {
    const here = applicationsOn(service, cluster, all, hub);
    return isForOneService(declared.object) ||
      serviceOfApplicationSet(declared.object) === service
      ? here
      : here.filter(
          application => ownService(application, [cluster]) === service,
        );
  }
  return all.filter(
    application =>
      destinationCluster(application, hub.clusters) === cluster &&
      (application.metadata.name === service ||
        (serviceOfApplication(application, cluster) === service &&
          (!bootstraps.has(application) ||
            application.metadata.labels?.[FLEET_SERVICE_LABEL] === service))),
  );
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
  evaluation: RepositoryEvaluation,
): ApplicationVersion | undefined {
  for (const origin of originsOf(service, evaluation)) {
    const [application] = serviceApplications(
      service,
      cluster,
      origin,
      evaluation,
    );
    if (application)
      return readApplicationVersion(application, evaluation.hub.repositories);
  }
  return undefined;
}
