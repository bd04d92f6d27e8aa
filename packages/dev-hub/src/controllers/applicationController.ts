import {
  normalizeRepositoryUrl,
  type Application,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { Clock } from '../clock';
import {
  applications,
  type ObjectKey,
  type ObjectStore,
  secrets,
} from '../objects';
import { ManifestError, type Repositories } from '../repo';
import {
  type Clusters,
  trackingApplication,
  UnreachableClusterError,
} from '../spokes';
import {
  ApplicationComparer,
  type Compared,
  sourcesOf,
} from './applicationComparer';
import {
  clusterUnreachable,
  compared,
  comparisonError,
  deletionError,
  invalidSpec,
  timestamp,
} from './applicationStatus';
import { isClusterSecret } from './clusterSecrets';
import { compare } from './comparison';
import { Operations } from './operations';
import { WorkQueue } from './workQueue';

const FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/** True for the finalizers that hold an Application until what it brought is gone, whatever the order of deletion. */
function isResourcesFinalizer(name: string): boolean {
  return name === FINALIZER || name.startsWith(`${FINALIZER}/`);
}
const REFRESH_ANNOTATION = 'argocd.argoproj.io/refresh';

/** How long things take, in milliseconds. */
export interface ApplicationTimings {
  /** From seen to compared. */
  compare: number;
  /** From an operation's start to everything applied. */
  sync: () => number;
  /** Between two comparisons without a reason (`timeout.reconciliation`). */
  refresh: () => number;
}

export const REALISTIC_TIMINGS: ApplicationTimings = {
  compare: 100,
  sync: () => 1200 + Math.random() * 800,
  refresh: () => 120_000 + Math.random() * 60_000,
};

/**
 * Compares Applications with Git and their clusters, syncs them and tells their health, as Argo CD's application
 * controller does.
 */
export class ApplicationController {
  readonly queue: WorkQueue;
  readonly #store: ObjectStore;
  readonly #repositories: Repositories;
  readonly #clusters: Clusters;
  readonly #clock: Clock;
  readonly #timings: ApplicationTimings;
  readonly #stops: Array<() => void> = [];
  /** Applications whose next comparison counts as a reconciliation, not as a look at live objects. */
  readonly #refresh = new Set<string>();
  readonly #comparer: ApplicationComparer;
  readonly #operations: Operations;

  constructor(options: {
    store: ObjectStore;
    repositories: Repositories;
    clusters: Clusters;
    clock: Clock;
    timings?: ApplicationTimings;
    onError?: (key: string, error: unknown) => void;
  }) {
    this.#store = options.store;
    this.#repositories = options.repositories;
    this.#clusters = options.clusters;
    this.#clock = options.clock;
    this.#timings = options.timings ?? REALISTIC_TIMINGS;
    this.queue = new WorkQueue({
      clock: options.clock,
      reconcile: key => this.#reconcile(key),
      onError: options.onError ?? (() => {}),
    });
    this.#comparer = new ApplicationComparer(options);
    this.#operations = new Operations({
      store: options.store,
      clock: options.clock,
      comparer: this.#comparer,
      syncMilliseconds: this.#timings.sync,
      onDue: key => this.queue.add(key),
    });
  }

  start(): void {
    this.#stops.push(
      this.#store.watch(applications, {}, ({ type, object, previous }) => {
        if (type === 'DELETED') return;
        const changed =
          !previous ||
          previous.spec !== object.spec ||
          previous.operation !== object.operation ||
          previous.metadata.annotations !== object.metadata.annotations ||
          previous.metadata.deletionTimestamp !==
            object.metadata.deletionTimestamp;
        if (changed) this.#refreshSoon(keyOf(object.metadata));
      }),
      // A cluster that comes or goes changes which destinations there are.
      this.#store.watch(secrets, {}, ({ object, previous }) => {
        if (
          isClusterSecret(object) ||
          (previous && isClusterSecret(previous))
        ) {
          this.refreshAll();
        }
      }),
    );
    this.#repositories.onChange(url => this.refreshAll(url));
    this.#clusters.onChange(object => {
      const name = trackingApplication(object);
      if (name) this.queue.addAfter(`argocd/${name}`, this.#timings.compare);
    });
    this.#clusters.onReachability(() => this.refreshAll());
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.queue.stop();
  }

  /** Compares again, as a push webhook or `argocd app get --refresh` makes it: all, or those of one repository. */
  refreshAll(repositoryUrl?: string): void {
    for (const application of this.#store.list(applications).items) {
      const uses =
        !repositoryUrl ||
        sourcesOf(application as Application).some(
          ({ repoURL = '' }) =>
            normalizeRepositoryUrl(repoURL) ===
            normalizeRepositoryUrl(repositoryUrl),
        );
      if (uses) this.#refreshSoon(keyOf(application.metadata));
    }
  }

  #refreshSoon(key: string) {
    this.#refresh.add(key);
    this.queue.addAfter(key, this.#timings.compare);
  }

  async #reconcile(text: string): Promise<void> {
    const key = parseKey(text);
    if (this.#operations.isDue(text)) await this.#operations.finish(key);
    const application = this.#find(key);
    if (!application) return;
    if (application.metadata.deletionTimestamp) {
      this.#finalize(application, key);
      return;
    }
    const refreshed = this.#refresh.delete(text);

    const errors = this.#comparer.specErrors(application);
    if (errors.length > 0) {
      this.#write(key, draft => {
        invalidSpec(draft, errors, this.#clock.now());
        delete draft.metadata.annotations?.[REFRESH_ANNOTATION];
      });
      this.#operations.start(key);
      return;
    }
    let state: Compared;
    try {
      state = await this.#comparer.compare(application);
    } catch (error) {
      this.#notCompared(key, error as Error);
      this.queue.addAfter(text, this.#timings.refresh());
      return;
    }

    // The order in which Argo CD makes these visible: operation asked for, compared, running.
    if (!application.operation)
      this.#operations.requestAutomatically(key, state);
    this.#write(key, draft => {
      compared(
        draft,
        state.comparison,
        state.revision,
        state.manifests.sourceType,
        this.#clock.now(),
        { refreshed },
      );
      delete draft.metadata.annotations?.[REFRESH_ANNOTATION];
    });
    this.#operations.start(key);
    this.#refresh.add(text);
    this.queue.addAfter(text, this.#timings.refresh());
  }

  #notCompared(key: ObjectKey, error: Error) {
    const now = this.#clock.now();
    if (error instanceof ManifestError) {
      this.#write(key, draft => {
        comparisonError(draft, error.message, now);
        delete draft.metadata.annotations?.[REFRESH_ANNOTATION];
      });
    } else if (error instanceof UnreachableClusterError) {
      this.#write(key, draft => {
        clusterUnreachable(draft, error.server, error.message, now);
        delete draft.metadata.annotations?.[REFRESH_ANNOTATION];
      });
    } else throw error;
    // An operation that somebody asks for is tried, and fails.
    this.#operations.start(key);
  }

  /** Deletes what the Application brought, says so, and lets it go (docs/user-guide/app_deletion.md). */
  #finalize(application: Application, key: ObjectKey) {
    if (!application.metadata.finalizers?.some(isResourcesFinalizer)) return;
    const destination = this.#comparer.destination(application);
    if (destination.cluster) {
      const { server } = destination.cluster;
      if (!this.#clusters.isReachable(server)) {
        const { message } = new UnreachableClusterError(server);
        this.#write(key, draft =>
          deletionError(draft, message, this.#clock.now()),
        );
        return;
      }
      const target = this.#clusters.open(server);
      const namespace = application.spec.destination?.namespace ?? 'default';
      const { surplus } = compare({
        application: application.metadata.name,
        namespace,
        manifests: [],
        target,
      });
      for (const resource of surplus) target.remove(resource);
    }
    this.#write(key, draft => {
      const status = (draft.status ??= {});
      status.health = {
        lastTransitionTime: timestamp(this.#clock.now()),
        status: 'Missing',
      };
      if (status.sync) status.sync.status = 'OutOfSync';
      for (const resource of status.resources ?? []) {
        resource.status = 'OutOfSync';
      }
    });
    this.#clock.after(this.#timings.compare, () =>
      this.#write(key, draft => {
        draft.metadata.finalizers = draft.metadata.finalizers?.filter(
          finalizer => !isResourcesFinalizer(finalizer),
        );
      }),
    );
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

function keyOf({ namespace, name }: ObjectKey): string {
  return `${namespace}/${name}`;
}

function parseKey(text: string): ObjectKey {
  const [namespace, name] = text.split('/');
  return { namespace, name };
}
