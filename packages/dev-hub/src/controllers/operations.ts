import type { Application } from '@backstage-fleet/plugin-fleet-gitops';
import type { Clock } from '../clock';
import { applications, type ObjectKey, type ObjectStore } from '../objects';
import { ManifestError } from '../repo';
import { UnreachableClusterError } from '../spokes';
import type { ApplicationComparer, Compared } from './applicationComparer';
import {
  operationEnded,
  type OperationResult,
  operationRetried,
  operationRunning,
} from './applicationStatus';
import { retryDelay } from './retry';
import { applySync } from './sync';
import type { SyncOperation } from './syncOperation';

/** Syncs: asks for them where a policy says so, and carries out those that are asked for. */
export class Operations {
  readonly #store: ObjectStore;
  readonly #clock: Clock;
  readonly #comparer: ApplicationComparer;
  readonly #syncMilliseconds: () => number;
  readonly #onDue: (key: string) => void;
  /** Applications whose running sync has had its time. */
  readonly #due = new Set<string>();

  constructor(options: {
    store: ObjectStore;
    clock: Clock;
    comparer: ApplicationComparer;
    /** From an operation's start to everything applied. */
    syncMilliseconds: () => number;
    /** A running operation is to be finished. */
    onDue: (key: string) => void;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#comparer = options.comparer;
    this.#syncMilliseconds = options.syncMilliseconds;
    this.#onDue = options.onDue;
  }

  /** Whether a running operation has had its time; asked once, since asking takes it. */
  isDue(key: string): boolean {
    return this.#due.delete(key);
  }

  /** Asks for a sync where the Application's policy wants one. */
  requestAutomatically(
    key: ObjectKey,
    { comparison, revision }: Compared,
  ): void {
    const application = this.#find(key);
    const automated = application?.spec.syncPolicy?.automated;
    if (!application || !automated || automated.enabled === false) return;
    if (comparison.sync !== 'OutOfSync') return;
    const onlyPruning = comparison.resources.every(
      ({ status, requiresPruning }) => status === 'Synced' || requiresPruning,
    );
    if (onlyPruning && !automated.prune) return;
    const last = application.status?.operationState;
    const tried = last?.syncResult?.revision === revision;
    // The same revision is tried again only to heal drift, and never right after it failed.
    if (tried && (!automated.selfHeal || last.phase !== 'Succeeded')) return;

    this.#write(key, draft => {
      draft.operation = {
        initiatedBy: { automated: true },
        retry: draft.spec.syncPolicy?.retry ?? { limit: 5 },
        sync: {
          ...(automated.prune ? { prune: true } : {}),
          revision,
          source: draft.spec.source,
          ...(draft.spec.syncPolicy?.syncOptions
            ? { syncOptions: draft.spec.syncPolicy.syncOptions }
            : {}),
        },
      };
      delete draft.status?.operationState;
    });
  }

  /** Begins the operation that somebody asked for, unless one is running. */
  start(key: ObjectKey): void {
    const application = this.#find(key);
    if (!application?.operation) return;
    if (application.status?.operationState?.phase === 'Running') return;
    this.#write(key, draft => operationRunning(draft, this.#clock.now()));
    this.#after(key, this.#syncMilliseconds());
  }

  /** Ends the running operation: applies what Git wants at this moment. What fails is tried again, as its policy says. */
  async finish(key: ObjectKey): Promise<void> {
    const application = this.#find(key);
    const phase = application?.status?.operationState?.phase;
    if (application && phase === 'Terminating')
      this.#terminate(key, application);
    if (!application || phase !== 'Running') return;
    const result = await this.#sync(application);
    const delay =
      result.failure === undefined
        ? undefined
        : retryDelay(
            application.operation?.retry,
            application.status?.operationState?.retryCount ?? 0,
          );
    const now = this.#clock.now();
    if (delay === undefined) {
      this.#write(key, draft => operationEnded(draft, result, now));
      return;
    }
    const next = new Date(now.getTime() + delay);
    this.#write(key, draft => operationRetried(draft, result, now, next));
    this.#after(key, delay);
  }

  /** Ends an operation that somebody asked to end; nothing is applied. */
  #terminate(key: ObjectKey, { operation }: Application) {
    const result = {
      revision: operation?.sync?.revision ?? '',
      resources: [],
      failure: 'Operation terminated',
    };
    this.#write(key, draft => operationEnded(draft, result, this.#clock.now()));
  }

  async #sync(application: Application): Promise<OperationResult> {
    const operation: SyncOperation = application.operation?.sync ?? {};
    const nothing = { revision: operation.revision ?? '', resources: [] };
    const errors = this.#comparer.specErrors(application);
    if (errors.length > 0) {
      const failure = conditions('InvalidSpecError', errors);
      return { ...nothing, failure, phase: 'Error' };
    }
    try {
      const { comparison, revision } = await this.#comparer.compare(
        application,
        operation,
      );
      const result = applySync({
        comparison,
        target: this.#comparer.target(application),
        namespace: application.spec.destination?.namespace ?? 'default',
        operation,
      });
      return { revision, ...result };
    } catch (error) {
      if (error instanceof ManifestError) {
        const failure = conditions('ComparisonError', [error.message]);
        return { ...nothing, failure, phase: 'Error' };
      }
      return { ...nothing, failure: syncFailure(error) };
    }
  }

  #after(key: ObjectKey, milliseconds: number) {
    const text = `${key.namespace}/${key.name}`;
    this.#clock.after(milliseconds, () => {
      this.#due.add(text);
      this.#onDue(text);
    });
  }

  #find(key: ObjectKey): Application | undefined {
    return this.#store.find(applications, key) as Application | undefined;
  }

  #write(key: ObjectKey, change: (draft: Application) => void) {
    if (!this.#store.find(applications, key)) return;
    this.#store.modify(applications, key, draft =>
      change(draft as Application),
    );
  }
}

/** Source: Argo CD `util/argo/argo.go`, FormatAppConditions. */
function conditions(type: string, messages: string[]): string {
  return messages.map(message => `${type}: ${message}`).join(';');
}

function syncFailure(error: unknown): string {
  if (!(error instanceof UnreachableClusterError)) {
    return (error as Error).message;
  }
  const { server, reason } = error;
  return `one or more synchronization tasks are not valid: failed to discover server resources for group version apps/v1: Get "${server}/apis/apps/v1?timeout=32s": ${reason}`;
}
