import type { FileEdit, Guard } from '@backstage-fleet/plugin-fleet-common';
import type { ApplicationChange } from '../diffApplications';
import type { RepositoryEvaluation } from '../../repository/evaluateRepository';

/**
 * What stops a change until somebody who may says otherwise.
 *
 * @public
 */
export interface PlanGuardOptions {
  /** More deletions than this stop. Default 3. */
  maxDeletions?: number;
  /** A larger share of the repository's Applications deleted than this stops, from 0 to 1. Default 0.2. */
  maxDeletionShare?: number;
  /** Values of the environment label that mean production. Default `prod`, `production`. */
  productionEnvironments?: string[];
  /** Cluster labels that name the environment, the first present counts. Default `environment`, `env`. */
  environmentLabels?: string[];
  /**
   * Directories of the repository that changes may write to. Default: for a warning only, the top directories that it has.
   */
  roots?: string[];
}

/** What a guard judges. */
export interface GuardContext {
  before: RepositoryEvaluation;
  after: RepositoryEvaluation;
  changes: ApplicationChange[];
  edits: FileEdit[];
  /** Clusters that the intent names; `undefined` where the change is no intent. */
  namedClusters: string[] | undefined;
  /** Services that the intent names; `undefined` where the change is no intent. */
  namedServices?: string[];
  hubId: string | undefined;
  options: PlanGuardOptions;
}

export type GuardId = (typeof GUARD_IDS)[number];

/** All guards, in the order in which a plan lists them. */
export const GUARD_IDS = [
  'path-outside-layout',
  'secret-content',
  'invalid-yaml',
  'evaluation-error',
  'empty-result',
  'last-cluster',
  'deletions',
  'duplicate-name',
  'unknown-cluster',
  'unknown-project',
  'production',
] as const;

export function stop(id: GuardId, message: string): Guard {
  return { id, level: 'stop', message };
}

/** Names in a message, a few of them written out. */
export function list(names: string[]): string {
  const unique = [...new Set(names)];
  const shown = unique
    .slice(0, 5)
    .map(name => `\`${name}\``)
    .join(', ');
  return unique.length > 5 ? `${shown} and ${unique.length - 5} more` : shown;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What makes Applications and can make others than before. */
export function differing({ before, after }: GuardContext) {
  const old = new Map(before.origins.map(set => [set.key, set]));
  return after.origins
    .map(set => ({ set, old: old.get(set.key) }))
    .filter(pair => pair.set !== pair.old);
}
