import {
  Check,
  Explanation,
  FLEET_SERVICE_LABEL,
} from '@backstage-fleet/plugin-fleet-common';
import { evaluateApplicationSet } from '../applicationset';
import {
  clusterGenerators,
  Declared,
  indexRepository,
  LayoutService,
  serviceOfApplicationSet,
} from '../layouts';
import { clusterGeneratorLayout } from '../layouts/clusterGenerator';
import { suggest } from '../layouts/nearMatches';
import type { Application, ApplicationSet } from '../model/argocd';
import type { ClusterRecord, HubSnapshot } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import {
  destinationCluster,
  PlanGuardOptions,
  readApplicationVersion,
} from '../plan';
import { mergeHub } from '../plan/mergedHub';
import { asCheck, checkSelector, exclusion, SelectorCheck } from './checks';
import { intentFor, offer, onboardIntent } from './offer';

/** @public */
export interface ExplainOptions {
  service: string;
  /** The cluster's name, without the hub. */
  cluster: string;
  repository: RepositorySnapshot;
  hub: HubSnapshot;
  /** Named in the checks. */
  hubId?: string;
  /** The branch that the repository's files are of. */
  branch?: string;
  /** Id of the configured layout. */
  layout?: string;
  guards?: PlanGuardOptions;
}

type Answer = Omit<Explanation, 'service' | 'cluster'>;

/** What one ApplicationSet says about a cluster. */
interface Finding {
  declared: Declared<ApplicationSet>;
  answer: Answer;
  /** Requirements of the nearest generator that the cluster does not meet. */
  failing: SelectorCheck[];
}

/**
 * Why a service is, or is not, on a cluster, computed from Git: deployed with what, or the first thing that excludes it
 * with the intent that would include it.
 *
 * @remarks
 * An intent is offered only after it was tried out: applied to these files it makes the Application appear. Its plan comes
 * with it.
 *
 * @public
 */
export function explain(options: ExplainOptions): Explanation {
  const { service, cluster, repository } = options;
  const base = repository.sha ? { computedFrom: { sha: repository.sha } } : {};
  return { service, cluster, ...answer(options), ...base };
}

function answer(options: ExplainOptions): Answer {
  const { service, cluster: name, repository } = options;
  const hub = mergeHub(repository, options.hub, options);
  const cluster = findCluster(name, hub);
  if (!cluster) {
    return {
      verdict: 'unknown',
      reason: 'cluster-unknown',
      sentence: `Cluster \`${name}\` is registered neither in the hub nor in the repository. ${suggest(
        name,
        hub.clusters.map(known => known.name),
      )}`,
      checks: [registered(options, false)],
    };
  }
  const findings = applicationSetsOf(service, repository, hub).map(declared =>
    examine(declared, cluster, hub, options),
  );
  if (findings.length === 0) return notOnboarded(options);
  // One that deploys answers; else one that is not known; else the one that misses least.
  const ranks = ['deployed', 'not-evaluable', 'unknown', 'absent'];
  const [finding] = findings.sort(
    (one, other) =>
      ranks.indexOf(one.answer.verdict) - ranks.indexOf(other.answer.verdict) ||
      one.failing.length - other.failing.length,
  );
  const toggle = toggleOf(service, repository);
  const offered = offer(
    intentFor(service, name, toggle, finding.failing),
    name,
    options,
  );
  return { ...finding.answer, ...offered };
}

function findCluster(
  name: string,
  hub: HubSnapshot,
): ClusterRecord | undefined {
  const found = hub.clusters.find(cluster => cluster.name === name);
  if (found || name !== 'in-cluster') return found;
  return {
    name,
    server: 'https://kubernetes.default.svc',
    labels: {},
    annotations: {},
  };
}

function registered({ hubId }: ExplainOptions, passed: boolean): Check {
  return {
    text: `Registered in ${hubId ?? 'the hub'}`,
    actual: passed ? 'yes' : 'no',
    passed,
  };
}

function toggleOf(
  service: string,
  repository: RepositorySnapshot,
): LayoutService['toggle'] {
  return clusterGeneratorLayout
    .listServices(repository)
    .find(({ name }) => name === service)?.toggle;
}

function applicationSetsOf(
  service: string,
  repository: RepositorySnapshot,
  hub: HubSnapshot,
): Declared<ApplicationSet>[] {
  const { applicationSets } = indexRepository(repository);
  const named = applicationSets.filter(
    ({ object }) => serviceOfApplicationSet(object) === service,
  );
  if (named.length > 0) return named;
  // A set for many services labels its Applications.
  return applicationSets.filter(({ object }) => {
    if (
      !String(
        object.spec.template?.metadata?.labels?.[FLEET_SERVICE_LABEL] ?? '',
      ).includes('{{')
    )
      return false;
    const evaluation = evaluateApplicationSet(object, hub);
    return (
      evaluation.status === 'ok' &&
      evaluation.applications.some(
        ({ application }) =>
          application.metadata.labels?.[FLEET_SERVICE_LABEL] === service,
      )
    );
  });
}

function notOnboarded(options: ExplainOptions): Answer {
  const { service, cluster, repository } = options;
  const [problem] = indexRepository(repository).problems;
  if (problem) {
    return {
      verdict: 'not-evaluable',
      reason: 'unreadable-file',
      sentence: `${problem.file}:${problem.line} cannot be read, so it is not known what deploys \`${service}\`: ${problem.message}.`,
      checks: [registered(options, true)],
      file: problem.file,
    };
  }
  return {
    verdict: 'absent',
    reason: 'not-onboarded',
    sentence: `No ApplicationSet in the repository deploys \`${service}\`.`,
    checks: [
      registered(options, true),
      { text: `ApplicationSet for ${service}`, actual: 'none', passed: false },
    ],
    ...offer(onboardIntent(service, cluster), cluster, options),
  };
}

function examine(
  declared: Declared<ApplicationSet>,
  cluster: ClusterRecord,
  hub: HubSnapshot,
  options: ExplainOptions,
): Finding {
  const { object, file } = declared;
  const applicationSet = object.metadata.name;
  const nearest = nearestGenerator(object, cluster);
  const checks = [registered(options, true), ...nearest.map(asCheck)];
  const failing = nearest.filter(({ passed }) => !passed);
  const evaluation = evaluateApplicationSet(object, hub);
  const common = { checks, applicationSet, file };

  if (evaluation.status === 'not-evaluable') {
    return {
      declared,
      failing: [],
      answer: {
        ...common,
        verdict: 'not-evaluable',
        reason: 'not-evaluable',
        sentence: `What ApplicationSet \`${applicationSet}\` generates cannot be computed from Git: ${evaluation.message}`,
      },
    };
  }
  if (evaluation.status === 'error') {
    return {
      declared,
      failing: [],
      answer: {
        ...common,
        verdict: 'unknown',
        reason: 'evaluation-error',
        sentence: `ApplicationSet \`${applicationSet}\` fails, so Argo CD creates and changes nothing: ${evaluation.message}`,
      },
    };
  }
  const all = evaluation.applications.map(({ application }) => application);
  const here = all.filter(
    application =>
      destinationCluster(application, hub.clusters) === cluster.name &&
      isOf(options.service, application),
  );
  if (here.length > 0) {
    return {
      declared,
      failing: [],
      answer: { ...common, ...deployed(here, cluster, hub, options.service) },
    };
  }
  if (failing.length > 0) {
    const declaredIn = indexRepository(options.repository).clusters.find(
      ({ name }) => name === cluster.name,
    )?.file;
    return {
      declared,
      failing,
      answer: {
        ...common,
        ...exclusion(applicationSet, cluster.name, failing[0]),
        verdict: 'absent',
        file: declaredIn ?? file,
      },
    };
  }
  return {
    declared,
    failing,
    answer: { ...common, ...notGenerated(applicationSet, cluster, all, hub) },
  };
}

/** A set for many services labels its Applications; one for a single service need not. */
function isOf(service: string, application: Application): boolean {
  const label = application.metadata.labels?.[FLEET_SERVICE_LABEL];
  return label === undefined || label === service;
}

/** The requirements of the cluster generator that comes nearest to selecting the cluster. */
function nearestGenerator(
  applicationSet: ApplicationSet,
  cluster: ClusterRecord,
): SelectorCheck[] {
  const candidates = clusterGenerators(applicationSet).map(generator =>
    checkSelector(generator, cluster.labels),
  );
  const misses = (checks: SelectorCheck[]) =>
    checks.filter(({ passed }) => !passed).length;
  return candidates.sort((one, other) => misses(one) - misses(other))[0] ?? [];
}

function deployed(
  applications: Application[],
  cluster: ClusterRecord,
  hub: HubSnapshot,
  service: string,
): Pick<Answer, 'verdict' | 'reason' | 'sentence'> {
  const version = readApplicationVersion(
    applications[0],
    hub.repositories,
  )?.text;
  const names = applications
    .map(({ metadata }) => `\`${metadata.name}\``)
    .join(', ');
  return {
    verdict: 'deployed',
    reason: 'deployed',
    sentence: `${
      applications.length === 1 ? 'Application' : 'Applications'
    } ${names} ${
      applications.length === 1 ? 'deploys' : 'deploy'
    } \`${service}\`${version ? ` ${version}` : ''} to \`${cluster.name}\`.`,
  };
}

function notGenerated(
  applicationSet: string,
  cluster: ClusterRecord,
  applications: Application[],
  hub: HubSnapshot,
): Pick<Answer, 'verdict' | 'reason' | 'sentence'> {
  const others = [
    ...new Set(
      applications.flatMap(
        application => destinationCluster(application, hub.clusters) ?? [],
      ),
    ),
  ].sort();
  const shown = others
    .slice(0, 3)
    .map(name => `\`${name}\``)
    .join(', ');
  const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
  return {
    verdict: 'absent',
    reason: 'not-generated',
    sentence:
      others.length === 0
        ? `ApplicationSet \`${applicationSet}\` generates no Application for any cluster.`
        : `ApplicationSet \`${applicationSet}\` generates Applications for ${shown}${more}, none for \`${cluster.name}\`.`,
  };
}
