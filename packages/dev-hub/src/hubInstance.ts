import { parseAllDocuments } from 'yaml';
import type { ReplayClock } from './clock';
import {
  ApplicationController,
  ApplicationSetController,
  type ApplicationTimings,
  IN_CLUSTER_SERVER,
  REALISTIC_TIMINGS,
  REQUEUE_MILLISECONDS,
} from './controllers';
import { FaultPlan } from './kubernetes';
import {
  allResources,
  applications,
  appProjects,
  customResourceDefinitions,
  namespaces,
  ObjectStore,
  startGarbageCollector,
  startNamespaceController,
} from './objects';
import { type Provisioner, startProvisioning } from './provisioning';
import type { ProvisioningTimings } from './provisioning';
import type { Repositories } from './repo';
import { Clusters, HubCluster, SpokeCluster } from './spokes';

export interface HubInstanceOptions {
  name: string;
  clock: ReplayClock;
  repositories: Repositories;
  provisioners: readonly Provisioner[];
  clusterDomain: string;
  timings?: ApplicationTimings;
  provisioningTimings?: ProvisioningTimings;
  /** How long a pod takes to start, in milliseconds. */
  podStartMilliseconds?: () => number;
  onError: (what: string, error: unknown) => void;
}

/** One hub without its addresses: objects, Argo CD's controllers, what makes clusters, and the spokes. */
export class HubInstance {
  readonly name: string;
  readonly store: ObjectStore;
  readonly faults = new FaultPlan();
  readonly clusters: Clusters;
  readonly #applicationController: ApplicationController;
  readonly #applicationSetController: ApplicationSetController;
  readonly #stops: Array<() => void>;

  constructor(options: HubInstanceOptions) {
    const { clock, repositories, onError, podStartMilliseconds } = options;
    const { name } = options;
    this.name = name;
    this.store = new ObjectStore({
      clock: { now: () => clock.now().getTime() },
      resources: [...allResources, customResourceDefinitions],
    });
    const { store } = this;
    const workloads = new SpokeCluster({ clock, podStartMilliseconds });
    this.clusters = new Clusters({
      clock,
      known: { [IN_CLUSTER_SERVER]: new HubCluster(store, workloads) },
      podStartMilliseconds,
      // In the past, clusters were there before anybody looked.
      madeHere: server =>
        clock.isLive &&
        new URL(server).hostname.endsWith(`.${options.clusterDomain}`),
    });
    const { refresh, ...timings } = options.timings ?? REALISTIC_TIMINGS;
    // Two months of routine looks at an unchanged repository would change nothing.
    const whenLive = (milliseconds: () => number) => () =>
      clock.isLive ? milliseconds() : Infinity;
    this.#applicationController = new ApplicationController({
      store,
      repositories,
      clusters: this.clusters,
      clock,
      timings: { ...timings, refresh: whenLive(refresh) },
      onError: (key, error) => onError(`${name}: Application ${key}`, error),
    });
    this.#applicationSetController = new ApplicationSetController({
      store,
      repositories,
      clock,
      requeue: whenLive(() => REQUEUE_MILLISECONDS),
      onError: (key, error) => onError(`${name}: ApplicationSet ${key}`, error),
    });
    install(store);
    this.#stops = [
      startGarbageCollector(store),
      startNamespaceController(store),
      startProvisioning({
        store,
        clock,
        clusters: this.clusters,
        provisioners: options.provisioners,
        domain: options.clusterDomain,
        namespace: 'argocd',
        timings: options.provisioningTimings,
        onError: (what, error) => onError(`${name}: ${what}`, error),
      }),
    ];
  }

  get queues() {
    return [
      this.#applicationController.queue,
      this.#applicationSetController.queue,
    ];
  }

  /** Starts the controllers with the Applications that everything else comes from. */
  start(rootApplications: string[]): void {
    this.#applicationController.start();
    this.#applicationSetController.start();
    for (const text of rootApplications) {
      for (const document of parseAllDocuments(text)) {
        const object = document.toJS();
        if (object) this.store.create(applications, object);
      }
    }
  }

  /** Compares Applications with Git again: all, or those of one repository. */
  refresh(repositoryUrl?: string): void {
    this.#applicationController.refreshAll(repositoryUrl);
  }

  stop(): void {
    this.#applicationController.stop();
    this.#applicationSetController.stop();
    for (const stop of this.#stops) stop();
  }
}

/** What an installation of Argo CD brings: its namespace and the default project. */
function install(store: ObjectStore) {
  for (const name of ['default', 'kube-system', 'argocd']) {
    store.create(namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
  }
  store.create(appProjects, {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'default', namespace: 'argocd' },
    spec: {
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      destinations: [{ namespace: '*', server: '*' }],
      sourceRepos: ['*'],
    },
  });
}
