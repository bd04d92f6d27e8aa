import type { Explanation } from '@backstage-fleet/plugin-fleet-common';
import { indexRepository } from '../repository';
import { LayoutService } from '../layouts';
import { clusterGeneratorLayout } from '../layouts/clusterGenerator';
import { suggest } from '../layouts/nearMatches';
import type { ClusterRecord, HubSnapshot } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import { applicationSetsOf, evaluateRepository } from '../repository';
import { Answer, examine, ExplainOptions, registered } from './finding';
import { intentFor, offer, onboardIntent } from './offer';

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
  const { hub, applicationSets } = evaluateRepository(repository, options.hub, {
    branch: options.branch,
  });
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
  const findings = applicationSetsOf(service, applicationSets).map(set =>
    examine(set, cluster, hub, options),
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

function toggleOf(
  service: string,
  repository: RepositorySnapshot,
): LayoutService['toggle'] {
  return clusterGeneratorLayout
    .listServices(repository)
    .find(({ name }) => name === service)?.toggle;
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
