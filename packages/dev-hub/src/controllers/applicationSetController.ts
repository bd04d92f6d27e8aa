import {
  type Application,
  type ApplicationSet,
  type ClusterRecord,
  evaluateApplicationSet,
  type HubSnapshot,
  type RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { Clock } from '../clock';
import {
  applications,
  applicationSets,
  appProjects,
  type ObjectKey,
  type ObjectStore,
  secrets,
} from '../objects';
import type { Repositories } from '../repo';
import { isSubset } from '../spokes/subset';
import { writeStatus } from './applicationSetStatus';
import { isClusterSecret, toClusterRecord } from './clusterSecrets';
import { findRepositoryReferences } from './repositoryReferences';
import { WorkQueue } from './workQueue';

/** From a change to its reconciliation, in milliseconds; several changes in a row are one. */
const SETTLE = 50;
/** Between two looks at a git generator's repository without a reason (the default of `requeueAfterSeconds`). */
export const REQUEUE_MILLISECONDS = 180_000;

/** Makes, changes and deletes Applications as ApplicationSets say, as Argo CD's ApplicationSet controller does. */
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
    /** Until the next look at a git generator's repository, in milliseconds. */
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
        if (type !== 'DELETED' && previous?.spec !== object.spec) {
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
      this.#store.watch(applications, {}, ({ object, type }) => {
        const owner = ownerOf(object as Application);
        if (!owner) return;
        const { namespace } = object.metadata;
        const key = { namespace, name: owner };
        if (!this.#store.find(applicationSets, key)) {
          // Kubernetes' garbage collector: what its owner no longer is there for goes too.
          if (type !== 'DELETED' && !object.metadata.deletionTimestamp) {
            this.#store.remove(applications, object.metadata);
          }
          return;
        }
        this.#soon(key);
      }),
    );
    this.#stops.push(
      this.#store.watch(applicationSets, {}, ({ type, object }) => {
        if (type !== 'DELETED') return;
        for (const application of this.#ownedBy(object.metadata)) {
          if (!application.metadata.deletionTimestamp) {
            this.#store.remove(applications, application.metadata);
          }
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
    const applicationSet = this.#store.find(applicationSets, key) as
      | ApplicationSet
      | undefined;
    if (!applicationSet || applicationSet.metadata.deletionTimestamp) return;

    const hub = await this.#hubSnapshot(applicationSet);
    const evaluation = evaluateApplicationSet(applicationSet, hub);
    let error: { reason: string; message: string } | undefined;
    if (evaluation.status === 'ok') {
      error = this.#apply(
        applicationSet,
        evaluation.applications.map(({ application }) => application),
      );
    } else {
      error = {
        reason:
          evaluation.status === 'error'
            ? evaluation.reason
            : 'ApplicationParamsGenerationError',
        message: evaluation.message,
      };
    }
    if (!this.#store.find(applicationSets, key)) return;
    this.#store.modify(
      applicationSets,
      key,
      draft =>
        writeStatus(
          draft as ApplicationSet,
          { error },
          this.#ownedBy(key),
          this.#clock.now(),
        ),
      { status: true },
    );
    if (findRepositoryReferences(applicationSet.spec).length > 0) {
      this.queue.addAfter(text, this.#requeue());
    }
  }

  #apply(applicationSet: ApplicationSet, wanted: Application[]) {
    const { namespace } = applicationSet.metadata;
    const policy = applicationSet.spec.syncPolicy?.applicationsSync ?? 'sync';
    const mayUpdate = policy === 'sync' || policy === 'create-update';
    const mayDelete = policy === 'sync' || policy === 'create-delete';
    let error: { reason: string; message: string } | undefined;

    for (const application of wanted) {
      const key = { namespace, name: application.metadata.name };
      const live = this.#store.find(applications, key) as
        | Application
        | undefined;
      try {
        if (!live) {
          this.#store.create(
            applications,
            this.#owned(applicationSet, application),
          );
        } else if (ownerOf(live) !== applicationSet.metadata.name) {
          error = {
            reason: 'CreateApplicationError',
            message: `Object ${namespace}/${key.name} is not owned by ApplicationSet ${applicationSet.metadata.name}`,
          };
        } else if (mayUpdate && differs(application, live)) {
          this.#store.modify(applications, key, draft => {
            draft.spec = application.spec;
            draft.metadata.labels = application.metadata.labels;
            draft.metadata.annotations = {
              ...application.metadata.annotations,
              ...preserved(live.metadata.annotations),
            };
          });
        }
      } catch (failure) {
        error = {
          reason: 'CreateApplicationError',
          message: (failure as Error).message,
        };
      }
    }
    const names = new Set(wanted.map(({ metadata }) => metadata.name));
    if (mayDelete) {
      for (const application of this.#ownedBy(applicationSet.metadata)) {
        if (
          !names.has(application.metadata.name) &&
          !application.metadata.deletionTimestamp
        ) {
          this.#store.remove(applications, application.metadata);
        }
      }
    }
    return error;
  }

  #owned(applicationSet: ApplicationSet, application: Application) {
    return {
      ...application,
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        ...application.metadata,
        namespace: applicationSet.metadata.namespace,
        ownerReferences: [
          {
            apiVersion: 'argoproj.io/v1alpha1',
            blockOwnerDeletion: true,
            controller: true,
            kind: 'ApplicationSet',
            name: applicationSet.metadata.name,
            uid: applicationSet.metadata.uid!,
          },
        ],
      },
      // A new Application has a status of empty parts.
      status: {
        health: {},
        sourceHydrator: {},
        summary: {},
        sync: {
          comparedTo: { destination: {}, source: { repoURL: '' } },
          status: '',
        },
      },
    };
  }

  #ownedBy({ namespace, name }: ObjectKey): Application[] {
    return (
      this.#store.list(applications, { namespace }).items as Application[]
    ).filter(application => ownerOf(application) === name);
  }

  async #hubSnapshot(applicationSet: ApplicationSet): Promise<HubSnapshot> {
    const { namespace } = applicationSet.metadata;
    const snapshots = new Map<string, RepositorySnapshot>();
    for (const { url, revision } of findRepositoryReferences(
      applicationSet.spec,
    )) {
      const sha = await this.#repositories.resolve(url, revision);
      if (sha) {
        snapshots.set(
          `${url}@${revision}`,
          await this.#repositories.snapshot(url, sha),
        );
      }
    }
    const clusters: ClusterRecord[] = this.#store
      .list(secrets, { namespace })
      .items.filter(isClusterSecret)
      .map(toClusterRecord);
    return {
      clusters,
      projects: this.#store
        .list(appProjects, { namespace })
        .items.map(({ metadata }) => metadata.name),
      repositories: (url, revision) => snapshots.get(`${url}@${revision}`),
    };
  }
}

function ownerOf(application: Application): string | undefined {
  return application.metadata.ownerReferences?.find(
    ({ controller, kind }) => controller && kind === 'ApplicationSet',
  )?.name;
}

/** Annotations that belong to Argo CD's other parts stay whatever the template says. */
function preserved(annotations: Record<string, string> = {}) {
  return Object.fromEntries(
    Object.entries(annotations).filter(
      ([key]) =>
        key === 'argocd.argoproj.io/refresh' ||
        key === 'argocd.argoproj.io/hydrate' ||
        key.startsWith('notified.notifications.argoproj.io'),
    ),
  );
}

function differs(wanted: Application, live: Application): boolean {
  const same =
    isSubset(wanted.spec, live.spec) &&
    isSubset(live.spec, wanted.spec) &&
    isSubset(wanted.metadata.labels ?? {}, live.metadata.labels ?? {}) &&
    isSubset(live.metadata.labels ?? {}, wanted.metadata.labels ?? {}) &&
    isSubset(
      wanted.metadata.annotations ?? {},
      live.metadata.annotations ?? {},
    );
  return !same;
}
