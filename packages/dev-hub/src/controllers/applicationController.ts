import {
  normalizeRepositoryUrl,
  type Application,
  type ApplicationSource,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { Clock } from '../clock';
import {
  applications,
  appProjects,
  type ObjectKey,
  type ObjectStore,
  secrets,
} from '../objects';
import { ManifestError, type Manifests, type Repositories } from '../repo';
import {
  type Clusters,
  trackingApplication,
  UnreachableClusterError,
} from '../spokes';
import {
  clusterUnreachable,
  compared,
  comparisonError,
  deletionError,
  invalidSpec,
  operationEnded,
  operationRunning,
  timestamp,
} from './applicationStatus';
import { isClusterSecret, toClusterRecord } from './clusterSecrets';
import { compare, type Comparison } from './comparison';
import { findDestination } from './destinations';
import { ManifestCache } from './manifestCache';
import { applySync } from './sync';
import { WorkQueue } from './workQueue';

const FINALIZER = 'resources-finalizer.argocd.argoproj.io';
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

/** What a comparison was made of, and what came out. */
interface Compared {
  comparison: Comparison;
  manifests: Manifests;
  revision: string;
}

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
  readonly #manifests = new ManifestCache();
  readonly #stops: Array<() => void> = [];
  /** Applications whose next comparison counts as a reconciliation, not as a look at live objects. */
  readonly #refresh = new Set<string>();
  /** Applications whose running sync has had its time. */
  readonly #applied = new Set<string>();

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
    if (this.#applied.delete(text)) await this.#finishSync(text);
    const application = this.#find(key);
    if (!application) return;
    if (application.metadata.deletionTimestamp) {
      this.#finalize(application, key);
      return;
    }
    const refreshed = this.#refresh.delete(text);

    const errors = this.#specErrors(application);
    if (errors.length > 0) {
      this.#write(key, draft => invalidSpec(draft, errors, this.#clock.now()));
      return;
    }
    let state: Compared;
    try {
      state = await this.#compare(application);
    } catch (error) {
      this.#notCompared(key, error as Error);
      this.queue.addAfter(text, this.#timings.refresh());
      return;
    }

    // The order in which Argo CD makes these visible: operation asked for, compared, running.
    if (!application.operation) this.#syncAutomatically(key, state);
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
    this.#startOperation(key);
    this.#refresh.add(text);
    this.queue.addAfter(text, this.#timings.refresh());
  }

  #notCompared(key: ObjectKey, error: Error) {
    const now = this.#clock.now();
    if (error instanceof ManifestError) {
      this.#write(key, draft => comparisonError(draft, error.message, now));
    } else if (error instanceof UnreachableClusterError) {
      this.#write(key, draft => {
        clusterUnreachable(draft, error.server, error.message, now);
        delete draft.metadata.annotations?.[REFRESH_ANNOTATION];
      });
      // An operation that somebody asks for is tried, and fails.
      this.#startOperation(key);
    } else throw error;
  }

  async #compare(application: Application): Promise<Compared> {
    const source = sourcesOf(application)[0] ?? {};
    const url = source.repoURL ?? '';
    if (!this.#repositories.has(url)) {
      throw new ManifestError('failed to list refs: repository not found: ');
    }
    const wanted = source.targetRevision ?? '';
    const revision = await this.#repositories.resolve(url, wanted);
    if (!revision) {
      throw new ManifestError(
        `unable to resolve '${wanted}' to a commit SHA: revision not found`,
      );
    }
    const { files } = await this.#repositories.snapshot(url, revision);
    const namespace = application.spec.destination?.namespace ?? 'default';
    const manifests = this.#manifests.render({
      files,
      source,
      application: application.metadata.name,
      namespace,
    });
    return {
      manifests,
      revision,
      comparison: compare({
        application: application.metadata.name,
        namespace,
        manifests: manifests.objects,
        target: this.#target(application),
      }),
    };
  }

  #syncAutomatically(key: ObjectKey, { comparison, revision }: Compared) {
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

  #startOperation(key: ObjectKey) {
    const application = this.#find(key);
    if (!application?.operation) return;
    if (application.status?.operationState?.phase === 'Running') return;
    this.#write(key, draft => operationRunning(draft, this.#clock.now()));
    const text = keyOf(application.metadata);
    this.#clock.after(this.#timings.sync(), () => {
      this.#applied.add(text);
      this.queue.add(text);
    });
  }

  /** Ends the running operation: applies what Git wants at this moment. */
  async #finishSync(text: string): Promise<void> {
    const key = parseKey(text);
    const application = this.#find(key);
    if (application?.status?.operationState?.phase !== 'Running') return;
    try {
      const { comparison, revision } = await this.#compare(application);
      const result = applySync({
        comparison,
        target: this.#target(application),
        namespace: application.spec.destination?.namespace ?? 'default',
        prune: application.operation?.sync?.prune === true,
      });
      this.#write(key, draft =>
        operationEnded(draft, { revision, ...result }, this.#clock.now()),
      );
    } catch (error) {
      this.#write(key, draft =>
        operationEnded(
          draft,
          { revision: '', resources: [], failure: syncFailure(error) },
          this.#clock.now(),
        ),
      );
    }
  }

  /** Deletes what the Application brought, says so, and lets it go (docs/user-guide/app_deletion.md). */
  #finalize(application: Application, key: ObjectKey) {
    if (!application.metadata.finalizers?.includes(FINALIZER)) return;
    const destination = this.#destination(application);
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
          finalizer => finalizer !== FINALIZER,
        );
      }),
    );
  }

  #specErrors(application: Application): string[] {
    const project = application.spec.project || 'default';
    const errors: string[] = [];
    if (
      !this.#store.find(appProjects, {
        name: project,
        namespace: application.metadata.namespace,
      })
    ) {
      errors.push(
        `Application referencing project ${project} which does not exist`,
      );
    }
    const { error } = this.#destination(application);
    if (error) errors.push(error);
    return errors;
  }

  #destination(application: Application) {
    const clusters = this.#store
      .list(secrets, { namespace: application.metadata.namespace })
      .items.filter(isClusterSecret)
      .map(toClusterRecord);
    return findDestination(application.spec.destination, clusters);
  }

  #target(application: Application) {
    const { cluster, error } = this.#destination(application);
    if (error !== undefined) throw new Error(error);
    return this.#clusters.open(cluster.server);
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

function syncFailure(error: unknown): string {
  if (!(error instanceof UnreachableClusterError)) {
    return (error as Error).message;
  }
  const { server, reason } = error;
  return `one or more synchronization tasks are not valid: failed to discover server resources for group version apps/v1: Get "${server}/apis/apps/v1?timeout=32s": ${reason}`;
}

function keyOf({ namespace, name }: ObjectKey): string {
  return `${namespace}/${name}`;
}

function parseKey(text: string): ObjectKey {
  const [namespace, name] = text.split('/');
  return { namespace, name };
}

function sourcesOf(application: Application): ApplicationSource[] {
  return (
    application.spec.sources ??
    (application.spec.source ? [application.spec.source] : [])
  );
}
