import { IN_CLUSTER_SERVER } from '@backstage-fleet/plugin-fleet-common';
import {
  evaluateRepository,
  indexRepository,
  originsOf,
  serviceApplications,
} from '../repository';
import { LayoutService } from '../layouts';
import { clusterGeneratorLayout } from '../layouts/clusterGenerator';
import { suggest } from '../layouts/nearMatches';
import type { ClusterRecord } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import type { RepositoryEvaluation } from '../repository';
import { chartsFor } from './chartsFor';
import { examine, Question, registered } from './finding';
import { enableIntent, intentFor, offer, onboardIntent } from './offer';
import type {
  Answer,
  DetailedExplanation,
  ExplainOptions,
  Finding,
} from './types';

/**
 * Why a service is, or is not, on a cluster, computed from Git: deployed with what, or the first thing that excludes it
 * with the intent that would include it.
 *
 * @remarks
 * An intent is offered only after it was tried out: applied to these files it makes the Application appear. Its plan comes
 * with it.
 *
 * `reason` is one of
 * - `deployed`;
 * - `label-missing`, `label-value`, `selector-expression`: what a cluster generator selects by;
 * - `not-registered`: the cluster has no Secret that a selector could match;
 * - `list-element-missing`, `path-pattern`, `path-excluded`, `decision-missing`: what a list, git or decision generator has;
 * - `matrix-empty`, `merge-base-missing`, `post-selector`: how generators are put together;
 * - `not-generated`: generated for other clusters, for none of these reasons;
 * - `toggle-off`, `not-rendered`: what the values of a chart of Applications leave out;
 * - `not-declared`: an Application in a file deploys it elsewhere;
 * - `not-onboarded`: nothing deploys it anywhere;
 * - `evaluation-error`, `not-evaluable`, `unreadable-file`, `cluster-unknown`: it is not known.
 *
 * @public
 */
export function explain(options: ExplainOptions): DetailedExplanation {
  const { service, cluster, repository } = options;
  const base = repository.sha ? { computedFrom: { sha: repository.sha } } : {};
  return { service, cluster, ...answer(options), ...base };
}

function answer(options: ExplainOptions): Answer {
  const { service, cluster: name, repository } = options;
  const evaluation = evaluateRepository(repository, options.hub, {
    branch: options.branch,
  });
  const cluster = findCluster(name, evaluation);
  if (!cluster) {
    return {
      verdict: 'unknown',
      reason: 'cluster-unknown',
      sentence: `Cluster \`${name}\` is registered neither in the hub nor in the repository. ${suggest(
        name,
        evaluation.hub.clusters.map(known => known.name),
      )}`,
      checks: [registered(options, false)],
      applications: [],
    };
  }
  const question: Question = { cluster, evaluation, options };
  const finding = telling(findingsOf(question));
  if (!finding) return notOnboarded(options);
  const { verdict } = finding.answer;
  if (verdict !== 'absent') return finding.answer;
  const intents =
    finding.failing.length > 0
      ? [
          intentFor(
            service,
            name,
            toggleOf(service, repository),
            finding.failing,
          ) ?? [],
        ].flat()
      : [enableIntent(service, name), onboardIntent(service, name)];
  return { ...finding.answer, ...offer(intents, options) };
}

function findingsOf(question: Question): Finding[] {
  const { evaluation, options } = question;
  const origins = originsOf(options.service, evaluation);
  const deploying = origins.find(
    origin =>
      serviceApplications(
        options.service,
        question.cluster.name,
        origin,
        evaluation,
      ).length > 0,
  );
  if (deploying) return [examine(deploying, question)];
  const findings = origins.map(origin => examine(origin, question));
  if (origins.some(({ declared }) => declared)) return findings;
  // A chart for this cluster can be what leaves the service out, or what fails.
  const charts = chartsFor(question).filter(
    origin => !origins.includes(origin),
  );
  return [
    // Charts and manifests for other clusters say least.
    ...charts
      .map(origin =>
        examine(origin, { ...question, isKnown: origins.length > 0 }),
      )
      .filter(
        ({ answer: { reason } }) =>
          reason !== 'not-rendered' || origins.length > 0,
      ),
    ...findings,
  ];
}

const VERDICTS = ['deployed', 'not-evaluable', 'unknown', 'absent'];
const LEAST_TELLING = ['not-declared', 'not-generated', 'not-rendered'];

/** One that deploys answers; else one that is not known; else the one that misses least. */
function telling(findings: Finding[]): Finding | undefined {
  const rank = ({ answer: { verdict, reason }, failing }: Finding) => [
    VERDICTS.indexOf(verdict),
    LEAST_TELLING.includes(reason) ? 1 : 0,
    failing.length,
  ];
  const ranked = findings.map(finding => ({ finding, rank: rank(finding) }));
  ranked.sort(
    (one, other) =>
      one.rank
        .map((value, index) => value - other.rank[index])
        .find(difference => difference !== 0) ?? 0,
  );
  return ranked[0]?.finding;
}

function findCluster(
  name: string,
  { hub, origins }: RepositoryEvaluation,
): ClusterRecord | undefined {
  const found = hub.clusters.find(cluster => cluster.name === name);
  if (found) return found;
  // A cluster with an Argo CD of its own need not be registered anywhere.
  return name === 'in-cluster' || origins.some(({ home }) => home === name)
    ? { name, server: IN_CLUSTER_SERVER, labels: {}, annotations: {} }
    : undefined;
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
      applications: [],
    };
  }
  const { applicationSets, applications } = indexRepository(repository);
  const kind =
    applicationSets.length === 0 && applications.length > 0
      ? 'Application'
      : 'ApplicationSet';
  return {
    verdict: 'absent',
    reason: 'not-onboarded',
    sentence: `No ${kind} in the repository deploys \`${service}\`.`,
    checks: [
      registered(options, true),
      { text: `${kind} for ${service}`, actual: 'none', passed: false },
    ],
    applications: [],
    ...offer([onboardIntent(service, cluster)], options),
  };
}
