import type { Explanation } from '@backstage-fleet/plugin-fleet-common';
import type { HubSnapshot } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import type { PlanGuardOptions } from '../plan';
import type { OriginStep } from '../repository';
import type { SelectorCheck } from './checks';

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

/**
 * An Application with what made it, from the outermost Application down.
 *
 * @public
 */
export interface ExplainedApplication {
  name: string;
  namespace: string;
  path: OriginStep[];
  /** Path of the generator in the ApplicationSet, for example `spec.generators[0].matrix`; absent without one. */
  generator?: string;
}

/**
 * An explanation with the Applications that it found.
 *
 * @public
 */
export interface DetailedExplanation extends Explanation {
  /** The Applications of the service on the cluster; empty where it is absent. */
  applications: ExplainedApplication[];
}

/** An explanation without the question. */
export type Answer = Omit<DetailedExplanation, 'service' | 'cluster'>;

/** What one origin of Applications says about a cluster. */
export interface Finding {
  answer: Answer;
  /** Requirements of the nearest generator that the cluster does not meet. */
  failing: SelectorCheck[];
}
