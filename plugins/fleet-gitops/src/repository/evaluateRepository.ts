import {
  ApplicationSetEvaluation,
  evaluateApplicationSet,
} from '../applicationset';
import { indexRepository } from './indexRepository';
import type { Declared } from './types';
import type { ApplicationSet } from '../model/argocd';
import type { ClusterRecord, HubSnapshot } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import { changedClusters, reevaluate } from './incremental';
import { mergeHub } from './mergedHub';

/** @public */
export interface EvaluatedApplicationSet {
  /** `namespace/name`. */
  key: string;
  declared: Declared<ApplicationSet>;
  /** Computed when it is first asked for. */
  readonly evaluation: ApplicationSetEvaluation;
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

/** @public */
export interface EvaluateRepositoryOptions {
  /** The branch that the files are of, as Applications name it. Default: the default branch. */
  branch?: string;
  /** The state of the repository before, to know which cluster labels went, and to evaluate only what can differ. */
  previous?: RepositorySnapshot;
}

function applicationSetKey({ metadata }: ApplicationSet): string {
  return `${metadata.namespace ?? 'argocd'}/${metadata.name}`;
}

class LazyApplicationSet implements EvaluatedApplicationSet {
  private result: ApplicationSetEvaluation | undefined;

  constructor(
    readonly key: string,
    readonly declared: Declared<ApplicationSet>,
    private readonly compute: () => ApplicationSetEvaluation,
  ) {}

  get evaluation(): ApplicationSetEvaluation {
    this.result ??= this.compute();
    return this.result;
  }
}

/** The last evaluation for each set of files. */
const last = new WeakMap<
  object,
  { branch: string | undefined; evaluation: RepositoryEvaluation }
>();

/**
 * Evaluates all ApplicationSets that a repository declares.
 *
 * @remarks
 * What was evaluated before for the same files, or for the previous state, is not evaluated again unless its ApplicationSet
 * or clusters that it selects have changed.
 *
 * @public
 */
export function evaluateRepository(
  repository: RepositorySnapshot,
  hub: HubSnapshot,
  options: EvaluateRepositoryOptions = {},
): RepositoryEvaluation {
  const { branch, previous } = options;
  const merged = mergeHub(repository, hub, options);
  const base = baseOf(repository, hub, options);
  const known = new Map(base?.applicationSets.map(set => [set.key, set]));
  const changed = base && changedClusters(base.hub.clusters, merged.clusters);
  const applicationSets = indexRepository(repository).applicationSets.map(
    declared => {
      const key = applicationSetKey(declared.object);
      const before = known.get(key);
      const answer =
        before && changed
          ? reuse(before, declared, merged, changed)
          : undefined;
      return (
        answer ??
        new LazyApplicationSet(key, declared, () =>
          evaluateApplicationSet(declared.object, merged),
        )
      );
    },
  );
  const evaluation = { repository, hub: merged, applicationSets };
  // A state that is only planned is not asked for again.
  if (!previous) last.set(repository.files, { branch, evaluation });
  return evaluation;
}

function baseOf(
  repository: RepositorySnapshot,
  hub: HubSnapshot,
  { branch, previous }: EvaluateRepositoryOptions,
): RepositoryEvaluation | undefined {
  if (previous) return evaluateRepository(previous, hub, { branch });
  const cached = last.get(repository.files);
  return cached && cached.branch === branch ? cached.evaluation : undefined;
}

/** The same object where nothing that the ApplicationSet reads is different. */
function reuse(
  before: EvaluatedApplicationSet,
  declared: Declared<ApplicationSet>,
  hub: HubSnapshot,
  changed: ReadonlyMap<string, ClusterRecord[]>,
): EvaluatedApplicationSet | undefined {
  const answer = reevaluate(
    before.declared.object,
    declared.object,
    hub,
    changed,
  );
  if (answer === 'full') return undefined;
  if (answer === 'same') {
    return before.declared.file === declared.file
      ? before
      : new LazyApplicationSet(before.key, declared, () => before.evaluation);
  }
  return new LazyApplicationSet(before.key, declared, () =>
    answer(before.evaluation),
  );
}
