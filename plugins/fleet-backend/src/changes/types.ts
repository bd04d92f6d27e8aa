import type {
  Change,
  Commit,
  Deployment,
  GuardOverride,
  Plan,
  PullRequest,
  TypedIntent,
} from '@backstage-fleet/plugin-fleet-common';
import type {
  AppliedIntent,
  ApplyIntentOptions,
  ClusterRecord,
  PlanOptions,
  RepositoryLookup,
  RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';

/** Where a change is in its life: being written to Git, being followed on the fleet, or at its end. */
export type ChangeStep = 'write' | 'follow' | 'done';

/** A change as the journal keeps it. */
export interface ChangeRecord extends Omit<Change, 'intent' | 'timeline'> {
  intent: TypedIntent;
  /** Hash of repository and intent: equal for equal requests. */
  intentKey: string;
  step: ChangeStep;
  /** Whether a branch that refuses direct commits is answered with a pull request (mode auto). */
  fallback: boolean;
  overrides: GuardOverride[];
}

/** The fields of a change that move. */
export type ChangePatch = Partial<
  Pick<
    ChangeRecord,
    | 'title'
    | 'mode'
    | 'state'
    | 'step'
    | 'plan'
    | 'branch'
    | 'commit'
    | 'pullRequest'
    | 'error'
    | 'adopted'
  >
>;

/** The pure functions of the GitOps engine that a change is made with. */
export interface IntentEngine {
  /** `InputError` that names the field. */
  parseIntent(value: unknown): TypedIntent;
  applyIntent(
    intent: TypedIntent,
    repository: RepositorySnapshot,
    options: ApplyIntentOptions,
  ): AppliedIntent;
  planChanges(options: PlanOptions): Plan;
}

/** What the backend knows of the hubs, as far as changes need it. */
export interface FleetView {
  /**
   * Clusters and projects of hubs, and the repositories besides the changed one; `undefined` while one of the hubs has
   * said nothing yet.
   */
  hub(hubs: string[]):
    | {
        clusters: ClusterRecord[];
        projects?: string[];
        repositories?: RepositoryLookup;
      }
    | undefined;
  /** The Application of this name on one of the hubs. */
  deployment(
    hubs: string[],
    application: { namespace: string; name: string },
  ): Deployment | undefined;
  /** Whether every one of the hubs is live, so that what is absent is really absent. */
  live(hubs: string[]): boolean;
  /** Calls back after each new revision. Returns what ends that. */
  onRevision(listener: () => void): () => void;
}

export type { Commit, Plan, PullRequest };
