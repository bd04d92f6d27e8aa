import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { Resource } from '../../objects';
import { withConditions } from '../conditions';
import type { ProvisioningContext } from '../context';
import { askedFor, isHeld, refusal } from '../outcome';
import {
  setFinalizer,
  type Step,
  StepController,
  statusStep,
} from '../StepController';
import { CLOUD_GROUP } from './definitions';

const FINALIZER = `finalizers.${CLOUD_GROUP}/Resource`;

/** Brings cloud resources of AWS Controllers for Kubernetes up: CREATING, ACTIVE, UPDATING, and DELETING in the end. */
export class CloudResourceController {
  readonly #steps: StepController;
  /** Generation that each object was brought to, by uid. */
  readonly #reached = new Map<string, number>();

  constructor(
    private readonly context: ProvisioningContext,
    private readonly resource: Resource,
  ) {
    this.#steps = new StepController({
      ...context,
      resource,
      next: object => this.#next(object),
      onDeleted: ({ metadata }) => this.#reached.delete(metadata.uid!),
    });
  }

  stop(): void {
    this.#steps.stop();
  }

  #next(object: KubernetesObject): Step | undefined {
    const { store, timings } = this.context;
    const { metadata, status } = object;
    if (metadata.deletionTimestamp) {
      return {
        name: 'delete',
        after: timings.teardown,
        take: () =>
          setFinalizer(store, this.resource, metadata, FINALIZER, false),
      };
    }
    if (!metadata.finalizers?.includes(FINALIZER)) {
      return {
        name: 'begin',
        after: timings.react,
        take: () =>
          setFinalizer(store, this.resource, metadata, FINALIZER, true),
      };
    }
    const refused = refusal(object, askedFor(object.spec));
    if (refused) {
      return this.#tell(object, {
        status: status?.status ?? 'FAILED',
        problem: refused,
      });
    }
    if (this.#reached.get(metadata.uid!) === metadata.generation) {
      return undefined;
    }
    const was = status?.status === 'ACTIVE' ? 'UPDATING' : status?.status;
    const told = this.#tell(object, { status: was ?? 'CREATING' });
    if (told) return told;
    if (isHeld(object)) return undefined;
    return {
      name: `active ${metadata.generation}`,
      after:
        this.resource.kind === 'Cluster' && was !== 'UPDATING'
          ? timings.infrastructure + timings.controlPlane
          : timings.controlPlane,
      take: () => this.#activate(object),
    };
  }

  #activate({ metadata }: KubernetesObject) {
    const { store, registrar } = this.context;
    const current = store.find(this.resource, metadata);
    if (!current) return;
    const cluster = (current.spec as any)?.name ?? metadata.name;
    this.#reached.set(metadata.uid!, metadata.generation!);
    this.#tell(current, {
      status: 'ACTIVE',
      ...(this.resource.kind === 'Cluster'
        ? { endpoint: registrar.server(cluster) }
        : {}),
    })?.take();
  }

  #tell(
    object: KubernetesObject,
    { problem, ...fields }: Record<string, unknown>,
  ): Step | undefined {
    const { store, clock } = this.context;
    const old: any = object.status ?? {};
    return statusStep(store, this.resource, object, {
      ...old,
      ...fields,
      conditions: withConditions(
        old.conditions,
        [
          {
            type: 'ACK.ResourceSynced',
            status: fields.status === 'ACTIVE' ? 'True' : 'False',
          },
          {
            type: 'ACK.Terminal',
            status: problem ? 'True' : 'False',
            ...(problem ? { message: String(problem) } : {}),
          },
        ],
        clock.now(),
      ),
    });
  }
}
