import { isDeepStrictEqual } from 'util';
import {
  type Application,
  type ApplicationSet,
  type ApplicationSetEvaluation,
  reconcileApplicationSet,
  type ReconcileOutcome,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { Clock } from '../clock';
import {
  applications,
  applicationSets,
  appProjects,
  type KubernetesObject,
  type ObjectKey,
  type ObjectStore,
  secrets,
} from '../objects';
import type { Repositories } from '../repo';
import { timestamp } from './applicationStatus';
import { writeApplications, writeApplicationSetStatus } from './applyOutcome';
import { isClusterSecret } from './clusterSecrets';
import { evaluateOnHub, type HubEvaluation } from './evaluateOnHub';
import { WorkQueue } from './workQueue';

/** From a change to its reconciliation, in milliseconds; several changes in a row are one. */
const SETTLE = 50;
/** Between two looks at a git generator's repository without a reason (the default of `requeueAfterSeconds`). */
export const REQUEUE_MILLISECONDS = 180_000;

const FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/**
 * Makes, changes and deletes Applications as ApplicationSets say, as Argo CD's ApplicationSet controller does with
 * progressive syncs enabled.
 */
export class ApplicationSetController {
  readonly queue: WorkQueue;
  readonly #store: ObjectStore;
  readonly #repositories: Repositories;
  readonly #clock: Clock;
  readonly #requeue: () => number;
  readonly #stops: Array<() => void> = [];

  constructor(options: {
    store: ObjectStore;
    repositories: Repositories;
    clock: Clock;
    /** Until the next look at a git generator's repository, or at what failed, in milliseconds. */
    requeue?: () => number;
    onError?: (key: string, error: unknown) => void;
  }) {
    this.#requeue = options.requeue ?? (() => REQUEUE_MILLISECONDS);
    this.#store = options.store;
    this.#repositories = options.repositories;
    this.#clock = options.clock;
    this.queue = new WorkQueue({
      clock: options.clock,
      reconcile: key => this.#reconcile(key),
      onError: options.onError ?? (() => {}),
    });
  }

  start(): void {
    this.#stops.push(
      this.#store.watch(applicationSets, {}, ({ type, object, previous }) => {
        if (type !== 'DELETED' && needsReconcile(object, previous)) {
          this.#soon(object.metadata);
        }
      }),
      this.#store.watch(secrets, {}, ({ object, previous }) => {
        if (
          isClusterSecret(object) ||
          (previous && isClusterSecret(previous))
        ) {
          this.#allSoon();
        }
      }),
      // Argo CD would notice a project at its next look after a failure.
      this.#store.watch(appProjects, {}, ({ type }) => {
        if (type !== 'MODIFIED') this.#allSoon();
      }),
      this.#store.watch(applications, {}, ({ object, previous }) => {
        const { namespace } = object.metadata;
        for (const name of new Set([ownerOf(object), ownerOf(previous)])) {
          if (name !== undefined) this.#soon({ namespace, name });
        }
      }),
    );
    this.#repositories.onChange(() => this.#allSoon());
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.queue.stop();
  }

  #soon({ namespace, name }: ObjectKey) {
    this.queue.addAfter(`${namespace}/${name}`, SETTLE);
  }

  #allSoon() {
    for (const { metadata } of this.#store.list(applicationSets).items) {
      this.#soon(metadata);
    }
  }

  async #reconcile(text: string): Promise<void> {
    const [namespace, name] = text.split('/');
    const key = { namespace, name };
    const evaluated = await evaluateOnHub(key, {
      store: this.#store,
      repositories: this.#repositories,
    });
    if (!evaluated) return;

    const outcome = this.#decide(evaluated);
    const refusal = writeApplications(this.#store, outcome);
    if (evaluated.applicationSet.metadata.deletionTimestamp) {
      if (outcome.released) this.#release(key);
      return;
    }
    if (deletesInReverse(evaluated.applicationSet)) this.#hold(key);
    const result =
      refusal === undefined
        ? outcome
        : this.#refused(evaluated, outcome, refusal);
    writeApplicationSetStatus(this.#store, key, result);
    if (evaluated.readsRepositories || hasFailed(result)) {
      this.queue.addAfter(text, this.#requeue());
    }
  }

  /** What is to be done. What cannot be evaluated here is an error, as for any hub that lacks what a generator needs. */
  #decide({
    applicationSet,
    hub,
    evaluation,
  }: Omit<HubEvaluation, 'readsRepositories'>): ReconcileOutcome {
    const { namespace } = applicationSet.metadata;
    const existing = this.#store.list(applications, { namespace })
      .items as Application[];
    const reconcile = (answer: ApplicationSetEvaluation) =>
      reconcileApplicationSet({
        applicationSet,
        evaluation: answer,
        hub,
        existing,
        options: {
          progressiveSyncs: true,
          now: timestamp(this.#clock.now()),
        },
      });
    const outcome = reconcile(evaluation);
    return outcome.notEvaluable === undefined
      ? outcome
      : reconcile({
          status: 'error',
          reason: 'ApplicationParamsGenerationError',
          message: outcome.notEvaluable,
        });
  }

  /** The state of a set some of whose Applications the API did not take. */
  #refused(
    evaluated: HubEvaluation,
    attempted: ReconcileOutcome,
    message: string,
  ): ReconcileOutcome {
    const policy = evaluated.applicationSet.spec.syncPolicy?.applicationsSync;
    const createsOnly = policy === 'create-only' || policy === 'create-delete';
    const failed = this.#decide({
      ...evaluated,
      evaluation: {
        status: 'error',
        reason: createsOnly
          ? 'CreateApplicationError'
          : 'UpdateApplicationError',
        message,
      },
    });
    // The generators did their part all the same.
    const generated = ({ type }: { type: string }) =>
      type === 'ParametersGenerated';
    const conditions = failed.conditions.map(condition =>
      generated(condition)
        ? attempted.conditions.find(generated) ?? condition
        : condition,
    );
    return { ...failed, conditions };
  }

  /** Keeps a set, when it is deleted, until its Applications have gone in their order. */
  #hold(key: ObjectKey) {
    this.#changeFinalizers(key, finalizers =>
      finalizers.includes(FINALIZER) ? finalizers : [...finalizers, FINALIZER],
    );
  }

  #release(key: ObjectKey) {
    this.#changeFinalizers(key, finalizers =>
      finalizers.filter(finalizer => finalizer !== FINALIZER),
    );
  }

  #changeFinalizers(key: ObjectKey, change: (now: string[]) => string[]) {
    const now =
      this.#store.find(applicationSets, key)?.metadata.finalizers ?? [];
    const finalizers = change(now);
    if (finalizers.length === now.length) return;
    this.#store.mergePatch(applicationSets, key, { metadata: { finalizers } });
  }
}

/** Whether the Applications of a set, when it is deleted, go step by step, the last step first. */
function deletesInReverse({ spec: { strategy } }: ApplicationSet): boolean {
  return (
    strategy?.type === 'RollingSync' &&
    (strategy.rollingSync?.steps?.length ?? 0) > 0 &&
    String(strategy.deletionOrder).toLowerCase() === 'reverse'
  );
}

function hasFailed({ conditions }: ReconcileOutcome): boolean {
  return conditions.some(
    ({ type, status }) => type === 'ErrorOccurred' && status === 'True',
  );
}

/**
 * Whether a change of a set is news to its controller: the generation moves with the spec and with the begin of a deletion,
 * and a rollout goes on from the status of its Applications.
 *
 * Source: Argo CD `applicationset_controller.go` `shouldRequeueForApplicationSet`.
 */
function needsReconcile(
  object: KubernetesObject,
  previous: KubernetesObject | undefined,
): boolean {
  return (
    previous?.metadata.generation !== object.metadata.generation ||
    !isDeepStrictEqual(
      previous?.status?.applicationStatus,
      object.status?.applicationStatus,
    )
  );
}

/** The name of the ApplicationSet that controls an Application. */
function ownerOf(object: KubernetesObject | undefined): string | undefined {
  return object?.metadata.ownerReferences?.find(
    ({ controller, kind }) => controller && kind === 'ApplicationSet',
  )?.name;
}
