import type {
  IntentKind,
  IntentParameters,
  KubernetesObject,
  UncheckedRule,
} from '@backstage-fleet/plugin-fleet-common';
import type { z } from 'zod';
import type { ClusterRecord } from '../model/fleetSnapshot';
import type { FileChanges, RepositorySnapshot } from '../model/repository';
import type { IntentStage } from './stages';

/**
 * What an intent does to Git references instead of files. It is data: who has the repository carries it out.
 *
 * @public
 */
export type ReferenceOperation =
  /** Merge a branch into another. */
  | { merge: { from: string; into: string } }
  /** Move a tag to a revision (a branch, tag or commit), forward only. */
  | { moveTag: { tag: string; to: string } };

/**
 * What an intent makes of a repository.
 *
 * @public
 */
export interface AppliedIntent {
  /** Empty where the repository says it already. */
  changes: FileChanges;
  /** In place of file changes, never together with them. */
  reference?: ReferenceOperation;
  /** For the commit's first line and the pull request. */
  title: string;
  commitMessage: string;
  /** Derived from the intent, and the stage, alone: the same intent has the same branch. */
  branch: string;
  /** What the intent names. */
  touched: { services: string[]; clusters: string[] };
  /** Rules for claims that could not be evaluated; absent where there are none. The commit message says them too. */
  notChecked?: UncheckedRule[];
  /** Of an intent that takes several commits, one after the other: what it is applied as. Absent where a stage was given. */
  stages?: IntentStage[];
}

/** @public */
export interface ApplyIntentOptions {
  /** Id of the configured layout; default: the one that the repository's content shows. */
  layout?: string;
  /** The branch that the files are of, as Applications name it. Default: the revision that most sources of the repository name. */
  branch?: string;
  /** Clusters that the hubs know, for those that the repository does not declare itself. */
  clusters?: ClusterRecord[];
  /** Keys of the cluster label that holds the environment, the first that a cluster has. Default `environment`, `env`. */
  environmentLabels?: string[];
  /** Keys of the cluster label that holds the region, the first that a cluster has. Default `region`. */
  regionLabels?: string[];
  /** Whether the files of git generators are found by Argo CD's newer globbing. */
  newGitFileGlobbing?: boolean;
  /** CustomResourceDefinitions and what stands for them (XRDs, ResourceGraphDefinitions), and ClusterClasses, that the hub has. */
  definitions?: readonly KubernetesObject[];
  /** Apply this stage alone: one of those that the intent had when it was asked for. Default: the whole intent. */
  stage?: IntentStage;
  /** Whether the caller carries out operations on Git references. Without, an intent that needs one is refused. */
  references?: boolean;
}

/** What a definition computes; message and branch are completed from it. */
export interface IntentEffect
  extends Omit<AppliedIntent, 'commitMessage' | 'branch'> {
  /** One line for each thing it does, for the commit message. */
  lines: string[];
}

/**
 * One kind of intent: what its parameters must be and what it does to the files. Pure: on a new head it is run again.
 */
export interface IntentDefinition<Kind extends IntentKind> {
  readonly kind: Kind;
  /** Shape and grammar of the parameters, sorted where order does not matter. What depends on the repository is checked by `apply`. */
  readonly schema: z.ZodType<IntentParameters[Kind]>;
  /** The service or cluster it is about, for the branch's name. */
  subject(parameters: IntentParameters[Kind]): string;
  /** @throws `InputError`, `NotFoundError` or `ConflictError` whose message names the field or file and what to do */
  apply(
    parameters: IntentParameters[Kind],
    repository: RepositorySnapshot,
    options: ApplyIntentOptions,
  ): IntentEffect;
}

/** A definition of any kind. */
export type AnyIntentDefinition = {
  [Kind in IntentKind]: IntentDefinition<Kind>;
}[IntentKind];
