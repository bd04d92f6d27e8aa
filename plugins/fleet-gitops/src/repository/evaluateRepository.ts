import {
  ApplicationSetEvaluation,
  evaluateApplicationSet,
} from '../applicationset';
import { CollectedOrigins, collectOrigins } from './collectOrigins';
import { indexRepository, mayRenderClusters } from './indexRepository';
import type { EvaluatedOrigin } from './originTypes';
import type { Declared } from './types';
import type { Application, ApplicationSet } from '../model/argocd';
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
 * Everything that a repository brings about on a hub.
 *
 * @public
 */
export interface RepositoryEvaluation {
  repository: RepositorySnapshot;
  /** The hub with the repository's clusters. */
  hub: HubSnapshot;
  /** The ApplicationSets that stand in plain files. */
  applicationSets: EvaluatedApplicationSet[];
  /**
   * All that makes Applications: these ApplicationSets, Applications in plain files, charts of Applications and what they
   * render. Found when it is first asked for.
   */
  readonly origins: EvaluatedOrigin[];
  /** Applications whose source makes nothing but Argo CD objects: what they bring about is said by these objects. */
  readonly bootstraps: ReadonlySet<Application>;
  /** Names of the AppProjects that the repository declares, in plain files and in charts of Applications. */
  readonly projects: string[];
}

/** @public */
export interface EvaluateRepositoryOptions {
  /** The branch that the files are of, as Applications name it. Default: the default branch. */
  branch?: string;
  /** The state of the repository before, to know which cluster labels went, and to evaluate only what can differ. */
  previous?: RepositorySnapshot;
}

const MAX_ROUNDS = 3;

function applicationSetKey({ metadata }: ApplicationSet): string {
  return `${metadata.namespace ?? 'argocd'}/${metadata.name}`;
}

class Evaluation implements RepositoryEvaluation {
  private found: CollectedOrigins | undefined;

  constructor(
    readonly repository: RepositorySnapshot,
    readonly hub: HubSnapshot,
    readonly applicationSets: EvaluatedApplicationSet[],
    private before: (() => CollectedOrigins | undefined) | undefined,
  ) {}

  /** What the next evaluation can use again. */
  get known(): CollectedOrigins | undefined {
    return this.found ?? this.before?.();
  }

  get collected(): CollectedOrigins {
    if (!this.found) {
      const { hub } = this;
      const before = this.before?.();
      const difference = before && hubDifference(before.hub, hub);
      this.found = collectOrigins(this, before, (declared, old) =>
        evaluateSet(declared, hub, old, difference),
      );
      this.before = undefined;
    }
    return this.found;
  }

  get origins(): EvaluatedOrigin[] {
    return this.collected.origins;
  }

  get bootstraps(): ReadonlySet<Application> {
    return this.collected.bootstraps;
  }

  get projects(): string[] {
    return [
      ...indexRepository(this.repository).projects,
      ...this.collected.projects,
    ];
  }
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
  { branch: string | undefined; hub: HubSnapshot; evaluation: Evaluation }
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
  return evaluate(repository, hub, options);
}

function evaluate(
  repository: RepositorySnapshot,
  hub: HubSnapshot,
  options: EvaluateRepositoryOptions,
): Evaluation {
  const { branch, previous } = options;
  const cached = last.get(repository.files);
  if (!previous && cached?.hub === hub && cached.branch === branch)
    return cached.evaluation;
  const base = baseOf(repository, hub, options);
  let evaluation = withHub(
    repository,
    mergeHub(repository, hub, options),
    base,
    options,
  );
  if (mayRenderClusters(repository)) {
    const renderedBefore = previous && base?.collected.clusters;
    let known = '[]';
    // Clusters that charts register may bring further charts about; those that never come to rest are left as they are.
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const { clusters: rendered } = evaluation.collected;
      const found = JSON.stringify(rendered);
      if (found === known) break;
      known = found;
      const merged = mergeHub(repository, hub, {
        ...options,
        rendered,
        renderedBefore,
      });
      evaluation = withHub(repository, merged, base, options);
    }
  }
  // A state that is only planned is not asked for again.
  if (!previous) last.set(repository.files, { branch, hub, evaluation });
  return evaluation;
}

function withHub(
  repository: RepositorySnapshot,
  hub: HubSnapshot,
  base: Evaluation | undefined,
  { previous }: EvaluateRepositoryOptions,
): Evaluation {
  const before = new Map(base?.applicationSets.map(set => [set.key, set]));
  const difference = base && hubDifference(base.hub, hub);
  const applicationSets = indexRepository(repository).applicationSets.map(
    declared =>
      evaluateSet(
        declared,
        hub,
        before.get(applicationSetKey(declared.object)),
        difference,
      ),
  );
  // Only a state that is planned holds on to the evaluation before it: there is no chain of them.
  const known = previous ? undefined : base?.known;
  return new Evaluation(
    repository,
    hub,
    applicationSets,
    previous ? () => base?.known : () => known,
  );
}

function baseOf(
  repository: RepositorySnapshot,
  hub: HubSnapshot,
  { branch, previous }: EvaluateRepositoryOptions,
): Evaluation | undefined {
  if (previous) return evaluate(previous, hub, { branch });
  const cached = last.get(repository.files);
  return cached && cached.branch === branch ? cached.evaluation : undefined;
}

/** The hub as an evaluation before saw it, and the clusters that are different now. */
interface HubDifference {
  before: HubSnapshot;
  changed: ReadonlyMap<string, ClusterRecord[]>;
}

function hubDifference(before: HubSnapshot, now: HubSnapshot): HubDifference {
  return { before, changed: changedClusters(before.clusters, now.clusters) };
}

function evaluateSet(
  declared: Declared<ApplicationSet>,
  hub: HubSnapshot,
  before: EvaluatedApplicationSet | undefined,
  difference: HubDifference | undefined,
): EvaluatedApplicationSet {
  const answer =
    before && difference ? reuse(before, declared, hub, difference) : undefined;
  return (
    answer ??
    new LazyApplicationSet(applicationSetKey(declared.object), declared, () =>
      evaluateApplicationSet(declared.object, hub),
    )
  );
}

/** The same object where nothing that the ApplicationSet reads is different. */
function reuse(
  before: EvaluatedApplicationSet,
  declared: Declared<ApplicationSet>,
  hub: HubSnapshot,
  difference: HubDifference,
): EvaluatedApplicationSet | undefined {
  const answer = reevaluate(
    before.declared.object,
    declared.object,
    hub,
    difference.changed,
    difference.before,
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
