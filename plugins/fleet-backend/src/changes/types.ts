import type {
  Change,
  ChangeStage,
  ClaimPart,
  Commit,
  Deployment,
  GuardOverride,
  KubernetesObject,
  Plan,
  PlannedApplication,
  PullRequest,
  TypedIntent,
} from '@backstage-fleet/plugin-fleet-common';
import type {
  AppliedIntent,
  ApplyIntentOptions,
  ClusterRecord,
  IntentStage,
  ObjectReference,
  PlanOptions,
  RepositoryLookup,
  RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';

import type { ChangeScope } from '../permissions';

/** Where a change is in its life: being written to Git, being followed on the fleet, or at its end. */
export type ChangeStep = 'write' | 'follow' | 'done';

/** A stage of a change as the journal keeps it: what it is, and what became of it. */
export type StageRecord = IntentStage & Omit<ChangeStage, keyof IntentStage>;

/** A change as the journal keeps it. */
export interface ChangeRecord
  extends Omit<Change, 'intent' | 'timeline' | 'stages'> {
  intent: TypedIntent;
  /** What it takes, one after the other; absent where it takes one commit or pull request. */
  stages?: StageRecord[];
  /** What it concerned when it was asked for, for permission rules. */
  scope?: ChangeScope;
  /** What the plan did when the change was asked for: one key for each Application. */
  approved?: string[];
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
    | 'approved'
    | 'stages'
    | 'stage'
    | 'paused'
    | 'grown'
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

/** What a hub says of a cluster that is being made. */
export interface ObservedCluster {
  /** Argo CD has it. */
  registered: boolean;
  /** Where its claim stands; absent without a claim. */
  provisioning?: {
    state: string;
    /** For people: `Control plane initialized, 1 of 3 nodes ready`. */
    message?: string;
    since?: Date;
    /** The version of Kubernetes that the claim on the hub asks for. */
    version?: string;
    /** The version of Kubernetes that its status says. */
    running?: string;
    /** Control plane and workers, where Cluster API makes them. */
    parts?: ClaimPart[];
  };
  /** The version of Kubernetes that Argo CD was told by the cluster. It may be hours old. */
  serverVersion?: string;
}

/** What plans are computed with, besides the changed repository. */
export interface HubKnowledge {
  clusters: ClusterRecord[];
  /** Name of the hub's own cluster in the files; absent where it is not known, or where there are several hubs. */
  self?: string;
  /** Names of AppProjects; `undefined` where they are not known, and so not checked. */
  projects?: string[];
  /** The other repositories that Applications are made from. */
  repositories?: RepositoryLookup;
  /** What claims are checked against, besides what the repository defines. */
  definitions?: KubernetesObject[];
  /** Whether one of the hubs finds the files of git generators by Argo CD's newer globbing. */
  newGitFileGlobbing?: boolean;
}

/** What the backend knows of the hubs, as far as changes need it. */
export interface FleetView {
  /**
   * Clusters and projects of hubs, and the repositories besides the changed one; `undefined` while one of the hubs has
   * said nothing yet.
   */
  hub(hubs: string[]): HubKnowledge | undefined;
  /** The Application of this name on one of the hubs. */
  deployment(
    hubs: string[],
    application: { namespace: string; name: string },
  ): Deployment | undefined;
  /** What is deployed on a cluster, by one of the hubs. */
  deploymentsOn?(hubs: string[], cluster: string): Deployment[];
  /** How a cluster is coming up, as far as one of the hubs knows it. */
  cluster?(hubs: string[], name: string): ObservedCluster | undefined;
  /** Whether an object is, or may still be, on one of the hubs; `undefined` where its kind is not watched on any. */
  hasObject?(hubs: string[], object: ObjectReference): boolean | undefined;
  /** Ids of the hubs that have a cluster of this name, or Applications of this service. */
  hubsOf?(what: 'cluster' | 'service', name: string): string[];
  /** Names of the clusters that a service is on, by one of the hubs. */
  placesOf?(hubs: string[], service: string): string[];
  /** The service that an Application is of, or would be by the others of its ApplicationSet; `undefined` where nothing says it. */
  serviceOf?(
    hubs: string[],
    application: Pick<
      PlannedApplication,
      'namespace' | 'name' | 'applicationSet'
    >,
  ): string | undefined;
  /** Ids of the repositories that declare a blueprint. */
  repositoriesWithBlueprint?(id: string): string[];
  /** Entity ref of who owns a service, as the catalog says. */
  ownerOf?(service: string): string | undefined;
  /** Whether every one of the hubs is live, so that what is absent is really absent. */
  live(hubs: string[]): boolean;
  /** Calls back after each new revision. Returns what ends that. */
  onRevision(listener: () => void): () => void;
}

export type { Commit, Plan, PullRequest };
