import type { Check, Explanation } from '@backstage-fleet/plugin-fleet-common';
import { clusterGenerators, indexRepository } from '../repository';
import type { Application, ApplicationSet } from '../model/argocd';
import type { ClusterRecord, HubSnapshot } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import { applicationsOn, EvaluatedApplicationSet } from '../repository';
import { destinationCluster, readApplicationVersion } from '../sources';
import { PlanGuardOptions } from '../plan';
import { asCheck, checkSelector, exclusion, SelectorCheck } from './checks';

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

/** An explanation without the question. */
export type Answer = Omit<Explanation, 'service' | 'cluster'>;

/** What one ApplicationSet says about a cluster. */
export interface Finding {
  answer: Answer;
  /** Requirements of the nearest generator that the cluster does not meet. */
  failing: SelectorCheck[];
}

export function registered({ hubId }: ExplainOptions, passed: boolean): Check {
  return {
    text: `Registered in ${hubId ?? 'the hub'}`,
    actual: passed ? 'yes' : 'no',
    passed,
  };
}

/** What an ApplicationSet says about a service on a cluster. */
export function examine(
  { declared, evaluation }: EvaluatedApplicationSet,
  cluster: ClusterRecord,
  hub: HubSnapshot,
  options: ExplainOptions,
): Finding {
  const { object, file } = declared;
  const applicationSet = object.metadata.name;
  const nearest = nearestGenerator(object, cluster);
  const checks = [registered(options, true), ...nearest.map(asCheck)];
  const failing = nearest.filter(({ passed }) => !passed);
  const common = { checks, applicationSet, file };

  if (evaluation.status === 'not-evaluable') {
    return {
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
  const here = applicationsOn(options.service, cluster.name, all, hub);
  if (here.length > 0) {
    return {
      failing: [],
      answer: { ...common, ...deployed(here, cluster, hub, options.service) },
    };
  }
  if (failing.length > 0) {
    const declaredIn = indexRepository(options.repository).clusters.find(
      ({ name }) => name === cluster.name,
    )?.file;
    return {
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
    failing,
    answer: { ...common, ...notGenerated(applicationSet, cluster, all, hub) },
  };
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
