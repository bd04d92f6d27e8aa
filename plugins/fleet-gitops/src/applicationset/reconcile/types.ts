import type { Application, ApplicationSet } from '../../model/argocd';
import type { HubSnapshot } from '../../model/fleetSnapshot';
import type { ApplicationSetEvaluation } from '../types';

/**
 * What Argo CD's ApplicationSet controller may do with Applications.
 *
 * @public
 */
export type ApplicationsSyncPolicy =
  | 'sync'
  | 'create-only'
  | 'create-update'
  | 'create-delete';

/**
 * How the ApplicationSet controller is configured; every option has the controller's default.
 *
 * @public
 */
export interface ReconcileOptions {
  /** `--policy`; `sync` by default. */
  policy?: ApplicationsSyncPolicy;
  /** `--enable-policy-override`: the set's own `syncPolicy.applicationsSync` counts. By default only without `policy`. */
  enablePolicyOverride?: boolean;
  /** `--enable-progressive-syncs`: RollingSync strategies are followed. `false` by default. */
  progressiveSyncs?: boolean;
  /** `--preserved-annotations` and `--preserved-labels`: keys kept on all Applications. */
  preservedAnnotations?: string[];
  preservedLabels?: string[];
  /** RFC 3339 time for `lastTransitionTime` of what changes; left out where it is not given. */
  now?: string;
}

/** @public */
export interface ReconcileInput {
  applicationSet: ApplicationSet;
  /** What {@link evaluateApplicationSet} said for the same set and hub. */
  evaluation: ApplicationSetEvaluation;
  /** Its clusters and projects decide which destinations and projects are valid. */
  hub: Pick<HubSnapshot, 'clusters' | 'projects'>;
  /** The Applications of the set's namespace, whoever owns them. */
  existing: Application[];
  options?: ReconcileOptions;
}

/**
 * One Application to write.
 *
 * @public
 */
export interface UpdatedApplication {
  application: Application;
  /** JSON merge patch (RFC 7386) that turns the live object into it. */
  patch: Record<string, any>;
}

/**
 * One Application to delete.
 *
 * @public
 */
export interface DeletedApplication {
  application: Application;
  /** Merge patch to send first: without its destination Argo CD could never finish the deletion. */
  patch?: Record<string, any>;
}

/**
 * Why an existing Application stays as it is although it differs, or although the set no longer generates it.
 *
 * @public
 */
export type LeftReason =
  /** The policy does not allow the update or the deletion. */
  | 'policy'
  /** It is generated with a duplicate name, a missing project or an invalid destination. */
  | 'invalid'
  /** It belongs to another ApplicationSet or to nobody. */
  | 'not-owned'
  /** An error stopped the reconcile before it was reached. */
  | 'error'
  /** The set is being deleted: Kubernetes deletes it, or its turn has not come. */
  | 'set-deleted';

/** @public */
export interface ApplicationSetCondition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message: string;
  lastTransitionTime?: string;
}

/**
 * Where an Application stands in a RollingSync.
 *
 * @public
 */
export interface ApplicationSetApplicationStatus {
  application: string;
  status: 'Waiting' | 'Pending' | 'Progressing' | 'Healthy';
  /** Number of its step, from "1"; "-1" where no step selects it. */
  step: string;
  message: string;
  targetRevisions: string[];
  lastTransitionTime?: string;
}

/**
 * An Application in the status of its set.
 *
 * @public
 */
export interface ApplicationSetResource {
  group: string;
  version: string;
  kind: string;
  name: string;
  namespace?: string;
  /** Sync status. */
  status?: string;
  health: { status?: string };
}

/**
 * What one reconcile of an ApplicationSet does: what to write, and what its status says afterwards.
 *
 * @public
 */
export interface ReconcileOutcome {
  created: Application[];
  updated: UpdatedApplication[];
  /** Generated, and already as they should be. */
  unchanged: Application[];
  deleted: DeletedApplication[];
  left: Array<{ application: Application; reason: LeftReason }>;
  /** All Applications afterwards, by name; those being deleted are not among them. */
  applications: Application[];
  /** `status.conditions` of the set, whole. */
  conditions: ApplicationSetCondition[];
  /** `status.applicationStatus` of the set, whole; empty without RollingSync. */
  applicationStatus: ApplicationSetApplicationStatus[];
  /** `status.resources` of the set, whole. */
  resources: ApplicationSetResource[];
  /** `status.health` of the set. */
  health: { status: string; message: string };
  /** The error that made the controller stop halfway and retry. */
  error?: string;
  /** Why nothing can be said; nothing is written then. */
  notEvaluable?: string;
  /** The set is being deleted and nothing holds it any longer: its own finalizer goes. */
  released?: boolean;
}
