import {
  ApplicationSetEvaluation,
  evaluateApplicationSet,
} from '../applicationset';
import { Declared, indexRepository } from '../layouts';
import type { ApplicationSet } from '../model/argocd';
import type { HubSnapshot } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import { mergeHub } from './mergedHub';

/** @public */
export interface EvaluatedApplicationSet {
  /** `namespace/name`. */
  key: string;
  declared: Declared<ApplicationSet>;
  evaluation: ApplicationSetEvaluation;
}

/**
 * Everything that the ApplicationSets of a repository generate.
 *
 * @public
 */
export interface RepositoryEvaluation {
  repository: RepositorySnapshot;
  /** The hub with the repository's clusters. */
  hub: HubSnapshot;
  applicationSets: EvaluatedApplicationSet[];
}

export function applicationSetKey({ metadata }: ApplicationSet): string {
  return `${metadata.namespace ?? 'argocd'}/${metadata.name}`;
}

/**
 * Evaluates all ApplicationSets that a repository declares.
 *
 * @param options - `branch` that the files are of; `previous` state of the repository, to know which cluster labels went;
 *   `reuse` answers for ApplicationSets that need not be evaluated again
 * @public
 */
export function evaluateRepository(
  repository: RepositorySnapshot,
  hub: HubSnapshot,
  options: {
    branch?: string;
    previous?: RepositorySnapshot;
    reuse?: (
      declared: Declared<ApplicationSet>,
      hub: HubSnapshot,
    ) => ApplicationSetEvaluation | undefined;
  } = {},
): RepositoryEvaluation {
  const merged = mergeHub(repository, hub, options);
  return {
    repository,
    hub: merged,
    applicationSets: indexRepository(repository).applicationSets.map(
      declared => ({
        key: applicationSetKey(declared.object),
        declared,
        evaluation:
          options.reuse?.(declared, merged) ??
          evaluateApplicationSet(declared.object, merged),
      }),
    ),
  };
}

/** Kinds of generators that an ApplicationSet uses, nested ones included. */
export function generatorKinds(applicationSet: ApplicationSet): Set<string> {
  const kinds = new Set<string>();
  const walk = (generators: unknown) => {
    if (!Array.isArray(generators)) return;
    for (const generator of generators) {
      if (!generator || typeof generator !== 'object') continue;
      for (const [kind, value] of Object.entries(generator)) {
        kinds.add(kind);
        if (value && typeof value === 'object')
          walk((value as { generators?: unknown }).generators);
      }
    }
  };
  walk(applicationSet.spec.generators);
  return kinds;
}

/** Whether a change can make a difference to what an ApplicationSet generates; if not, its answer is the one before. */
export function canDiffer(
  before: ApplicationSet,
  after: ApplicationSet,
  changed: { clusters: boolean },
): boolean {
  if (JSON.stringify(before) !== JSON.stringify(after)) return true;
  const kinds = generatorKinds(after);
  if (
    changed.clusters &&
    (kinds.has('clusters') || kinds.has('clusterDecisionResource'))
  )
    return true;
  return kinds.has('git');
}
