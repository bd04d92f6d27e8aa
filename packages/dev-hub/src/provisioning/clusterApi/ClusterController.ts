import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { isDeepStrictEqual } from 'node:util';
import { isStatus, type Resource, secrets } from '../../objects';
import { isTrue } from '../conditions';
import { type ProvisioningContext, requireKind } from '../context';
import { isHeld, refusal } from '../outcome';
import { clusterNameOf } from '../Registrar';
import {
  setFinalizer,
  type Step,
  StepController,
  statusStep,
  writeStatus,
} from '../StepController';
import { type ClusterParts, clusterStatus } from './clusterStatus';
import { CONTROL_PLANE_KINDS } from './definitions';
import { kubeconfigSecret } from './kubeconfig';
import { MachineController } from './MachineController';
import { controlPlaneOf, machineDeploymentsOf, workersOf } from './topology';

const GROUP = 'cluster.x-k8s.io';
const FINALIZER = 'cluster.cluster.x-k8s.io';
const PAUSED_ANNOTATION = 'cluster.x-k8s.io/paused';

/**
 * Makes clusters from Cluster API's Clusters with a topology: control plane, workers, upgrades (control plane first),
 * scaling, pausing, and deletion from the workers up.
 */
export class ClusterController {
  readonly #clusters: Resource;
  readonly #classes: Resource;
  readonly #controlPlanes: MachineController[];
  readonly #workers: MachineController;
  readonly #steps: StepController;
  readonly #stops: Array<() => void> = [];

  constructor(private readonly context: ProvisioningContext) {
    const { store } = context;
    this.#clusters = requireKind(store, GROUP, 'Cluster');
    this.#classes = requireKind(store, GROUP, 'ClusterClass');
    const plan = (name: string, namespace: string) =>
      this.#steps?.plan({ name, namespace });
    const active = (machines: KubernetesObject) => {
      const cluster = this.#clusterOf(machines);
      return cluster && !isPaused(cluster) && !isHeld(cluster)
        ? cluster
        : undefined;
    };
    this.#controlPlanes = Object.keys(CONTROL_PLANE_KINDS).map(
      kind =>
        new MachineController(
          context,
          requireKind(store, `controlplane.${GROUP}`, kind),
          machines => isProvisioned(active(machines)),
          plan,
        ),
    );
    this.#workers = new MachineController(
      context,
      requireKind(store, GROUP, 'MachineDeployment'),
      machines => isTrue(active(machines), 'ControlPlaneInitialized'),
      plan,
    );
    this.#steps = new StepController({
      ...context,
      resource: this.#clusters,
      next: cluster => this.#next(cluster),
      onDeleted: cluster => context.registrar.gone(clusterNameOf(cluster)),
    });
    this.#stops.push(
      // A topology may come before its class.
      store.watch(this.#classes, {}, () => {
        for (const { metadata } of store.list(this.#clusters).items) {
          this.#steps.plan(metadata);
        }
      }),
    );
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    for (const machines of this.#controlPlanes) machines.stop();
    this.#workers.stop();
    this.#steps.stop();
  }

  #next(cluster: KubernetesObject): Step | undefined {
    const { name, namespace } = cluster.metadata;
    const parts = this.#parts(cluster);
    const told = statusStep(
      this.context.store,
      this.#clusters,
      cluster,
      clusterStatus(parts, this.context.clock.now()),
    );
    if (told) return told;
    for (const machines of [...this.#controlPlanes, this.#workers]) {
      machines.plan(name, namespace!);
    }
    if (cluster.metadata.deletionTimestamp) return this.#tearDown(cluster);
    if (parts.paused || isHeld(cluster)) return undefined;
    return (
      this.#begin(cluster) ??
      this.#followTopology(cluster, parts) ??
      this.#provision(cluster, parts) ??
      this.#register(cluster)
    );
  }

  #begin(cluster: KubernetesObject): Step | undefined {
    if (cluster.metadata.finalizers?.includes(FINALIZER)) return undefined;
    const { registrar } = this.context;
    return this.#soon('begin', () => {
      registrar.unreachable(clusterNameOf(cluster));
      this.#setFinalizer(cluster, true);
    });
  }

  #provision(cluster: KubernetesObject, parts: ClusterParts): Step | undefined {
    if (parts.failure || parts.infrastructureReady) return undefined;
    const { registrar, store, timings } = this.context;
    return {
      name: 'infrastructure',
      after: timings.infrastructure,
      take: () => {
        store.modify(this.#clusters, cluster.metadata, draft => {
          const spec: any = (draft.spec ??= {});
          spec.controlPlaneEndpoint ??= registrar.host(clusterNameOf(draft));
        });
        writeStatus(store, this.#clusters, cluster.metadata, {
          ...store.get(this.#clusters, cluster.metadata).status,
          initialization: { infrastructureProvisioned: true },
        });
      },
    };
  }

  /** Makes control plane and workers what the topology says; workers follow once the control plane has the version. */
  #followTopology(
    cluster: KubernetesObject,
    parts: ClusterParts,
  ): Step | undefined {
    const { topology } = cluster.spec as any;
    if (!topology || (parts.failure && !parts.controlPlane)) return undefined;
    const clusterClass = this.context.store.find(this.#classes, {
      name: topology.classRef.name,
      namespace: topology.classRef.namespace ?? cluster.metadata.namespace,
    });
    if (!clusterClass) return undefined;
    if (parts.failure) return undefined;
    const controlPlane = controlPlaneOf(cluster, clusterClass);
    const reached = parts.controlPlane?.status?.version;
    const wanted = [
      controlPlane,
      ...machineDeploymentsOf(cluster, reached ?? topology.version),
    ];
    const live = [
      ...(parts.controlPlane ? [parts.controlPlane] : []),
      ...parts.machineDeployments,
    ];
    const changed = wanted.filter(
      object =>
        !isDeepStrictEqual(plain(object.spec), find(live, object)?.spec),
    );
    const surplus = live.filter(object => !find(wanted, object));
    if (changed.length + surplus.length === 0) return undefined;
    return this.#soon(`topology ${cluster.metadata.generation}`, () => {
      for (const object of changed) this.#apply(object);
      for (const object of surplus) {
        this.context.store.remove(this.#resourceOf(object), object.metadata);
      }
    });
  }

  #register(cluster: KubernetesObject): Step | undefined {
    if (!isTrue(cluster, 'ControlPlaneInitialized')) return undefined;
    const { registrar, store } = this.context;
    const kubeconfig = kubeconfigSecret(cluster);
    if (store.find(secrets, kubeconfig.metadata)) return undefined;
    return this.#soon('register', () => {
      try {
        store.create(secrets, kubeconfig);
      } catch (error) {
        if (!isStatus(error, 'AlreadyExists')) throw error;
      }
      registrar.ready(clusterNameOf(cluster), cluster);
    });
  }

  #tearDown(cluster: KubernetesObject): Step | undefined {
    if (!cluster.metadata.finalizers?.includes(FINALIZER)) return undefined;
    const { name, namespace } = cluster.metadata;
    const { store, timings } = this.context;
    const workers = this.#workers.of(name, namespace!);
    const controlPlanes = this.#controlPlanes.flatMap(machines =>
      machines.of(name, namespace!),
    );
    const next = workers.length > 0 ? workers : controlPlanes;
    return {
      name: `delete ${next.map(object => object.metadata.uid).join()}`,
      after: timings.teardown,
      take: () => {
        for (const object of next) {
          store.remove(this.#resourceOf(object), object.metadata);
        }
        if (next.length === 0) this.#setFinalizer(cluster, false);
      },
    };
  }

  #parts(cluster: KubernetesObject): ClusterParts {
    const { name, namespace, deletionTimestamp } = cluster.metadata;
    const { topology } = (cluster.spec ?? {}) as any;
    const controlPlane = this.#controlPlanes.flatMap(machines =>
      machines.of(name, namespace!),
    )[0];
    const machineDeployments = this.#workers.of(name, namespace!);
    return {
      cluster,
      controlPlane,
      machineDeployments,
      infrastructureReady: isProvisioned(cluster),
      paused: isPaused(cluster),
      failure:
        refusal(cluster, {
          version: topology?.version,
          machines: workersOf(cluster),
        }) ?? this.#missingClass(cluster),
      deleting: deletionTimestamp
        ? deletionStage(machineDeployments.length, controlPlane !== undefined)
        : undefined,
    };
  }

  #missingClass(cluster: KubernetesObject): string | undefined {
    const { topology } = (cluster.spec ?? {}) as any;
    if (!topology) return undefined;
    const { name, namespace = cluster.metadata.namespace } = topology.classRef;
    return this.context.store.find(this.#classes, { name, namespace })
      ? undefined
      : `ClusterClass ${namespace}/${name} not found`;
  }

  #clusterOf(machines: KubernetesObject): KubernetesObject | undefined {
    const name = machines.metadata.labels?.['cluster.x-k8s.io/cluster-name'];
    return name
      ? this.context.store.find(this.#clusters, {
          name,
          namespace: machines.metadata.namespace,
        })
      : undefined;
  }

  #apply(object: KubernetesObject) {
    const resource = this.#resourceOf(object);
    const { store } = this.context;
    if (!store.find(resource, object.metadata)) store.create(resource, object);
    else {
      store.modify(resource, object.metadata, draft => {
        draft.spec = object.spec;
      });
    }
  }

  #resourceOf({ apiVersion, kind }: KubernetesObject): Resource {
    return requireKind(this.context.store, apiVersion!.split('/')[0], kind!);
  }

  #soon(name: string, take: () => void): Step {
    return { name, after: this.context.timings.react, take };
  }

  #setFinalizer({ metadata }: KubernetesObject, present: boolean) {
    const { store } = this.context;
    setFinalizer(store, this.#clusters, metadata, FINALIZER, present);
  }
}

function isPaused(cluster: KubernetesObject): boolean {
  return (
    (cluster.spec as any)?.paused === true ||
    cluster.metadata.annotations?.[PAUSED_ANNOTATION] !== undefined
  );
}

function isProvisioned(cluster: KubernetesObject | undefined): boolean {
  return cluster?.status?.initialization?.infrastructureProvisioned === true;
}

function deletionStage(workers: number, controlPlane: boolean) {
  if (workers > 0) {
    return {
      reason: 'WaitingForWorkersDeletion',
      message: `* MachineDeployments: ${workers}`,
    };
  }
  return controlPlane
    ? {
        reason: 'WaitingForControlPlaneDeletion',
        message: '* Control plane deletion',
      }
    : {
        reason: 'WaitingForInfrastructureDeletion',
        message: '* Infrastructure deletion',
      };
}

function find(
  objects: KubernetesObject[],
  { kind, metadata }: KubernetesObject,
) {
  return objects.find(
    other => other.kind === kind && other.metadata.name === metadata.name,
  );
}

function plain(value: unknown) {
  return JSON.parse(JSON.stringify(value));
}
