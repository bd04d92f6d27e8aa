import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { Resource } from '../../objects';
import { withConditions } from '../conditions';
import type { ProvisioningContext } from '../context';
import { type Step, StepController, writeStatus } from '../StepController';
import { CONTROL_PLANE_KINDS } from './definitions';
import { machinesStatus, nextMachineStep, versionOf } from './machines';
import { CLUSTER_NAME_LABEL } from './topology';

/** Brings machines up, down and to another version: of MachineDeployments, and of control planes that have machines. */
export class MachineController {
  readonly #steps: StepController;

  constructor(
    private readonly context: ProvisioningContext,
    readonly resource: Resource,
    /** Whether a Cluster has what machines need: `infrastructure`, or `controlPlane` for workers. */
    private readonly mayGrow: (machines: KubernetesObject) => boolean,
    private readonly onChange: (clusterName: string, namespace: string) => void,
  ) {
    this.#steps = new StepController({
      ...context,
      resource,
      next: machines => this.#next(machines),
      onChange: machines => this.#tell(machines),
    });
  }

  /** Looks again at the machines of a Cluster. */
  plan(clusterName: string, namespace: string): void {
    for (const { metadata } of this.of(clusterName, namespace)) {
      this.#steps.plan(metadata);
    }
  }

  of(clusterName: string, namespace: string): KubernetesObject[] {
    return this.context.store.list(this.resource, {
      namespace,
      labelSelector: `${CLUSTER_NAME_LABEL}=${clusterName}`,
    }).items;
  }

  stop(): void {
    this.#steps.stop();
  }

  #next(machines: KubernetesObject): Step | undefined {
    if (machines.metadata.deletionTimestamp) return undefined;
    const { timings } = this.context;
    const ownMachines = CONTROL_PLANE_KINDS[this.resource.kind]?.machines;
    if (ownMachines === false) return this.#managedNext(machines);
    const step = nextMachineStep(machines);
    if (!step) return undefined;
    const idle = step === 'observe';
    if (!idle && !this.mayGrow(machines)) return undefined;
    const first = (machines.status?.replicas ?? 0) === 0;
    const starting =
      ownMachines && first ? timings.controlPlane : timings.machine;
    return {
      name: `${step} ${machines.metadata.generation} ${machines.status?.replicas} ${machines.status?.upToDateReplicas}`,
      after: idle ? timings.react : starting,
      take: () =>
        this.#write(machines, current => ({
          ...machinesStatus(current, step, this.context.clock.now()),
          ...(ownMachines && step === 'create'
            ? { initialization: { controlPlaneInitialized: true } }
            : {}),
        })),
    };
  }

  /** A control plane that the cloud runs: there, or not there yet. */
  #managedNext(machines: KubernetesObject): Step | undefined {
    const initialized =
      machines.status?.initialization?.controlPlaneInitialized === true;
    const version = versionOf(machines);
    if (initialized && machines.status?.version === version) return undefined;
    if (!this.mayGrow(machines)) return undefined;
    return {
      name: `version ${version}`,
      after: this.context.timings.controlPlane,
      take: () =>
        this.#write(machines, current => {
          const now = this.context.clock.now();
          return {
            ...current.status,
            observedGeneration: current.metadata.generation,
            version,
            initialization: { controlPlaneInitialized: true },
            externalManagedControlPlane: true,
            conditions: withConditions(
              current.status?.conditions,
              [{ type: 'Available', status: 'True', reason: 'Available' }],
              now,
            ),
            deprecated: {
              v1beta1: {
                conditions: withConditions(
                  current.status?.deprecated?.v1beta1?.conditions,
                  [{ type: 'Ready', status: 'True' }],
                  now,
                ),
              },
            },
          };
        }),
    };
  }

  #write(
    { metadata }: KubernetesObject,
    status: (current: KubernetesObject) => Record<string, any>,
  ) {
    const current = this.context.store.find(this.resource, metadata);
    if (!current) return;
    writeStatus(this.context.store, this.resource, metadata, status(current));
  }

  #tell({ metadata }: KubernetesObject) {
    const cluster = metadata.labels?.[CLUSTER_NAME_LABEL];
    if (cluster) this.onChange(cluster, metadata.namespace!);
  }
}
