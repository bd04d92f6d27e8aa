import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { Resource } from '../../objects';
import { type Condition, isTrue, withConditions } from '../conditions';
import type { ProvisioningContext } from '../context';
import { askedFor, isHeld, refusal } from '../outcome';
import { clusterNameOf } from '../Registrar';
import {
  setFinalizer,
  type Step,
  StepController,
  statusStep,
} from '../StepController';
import { compositeStatus } from './compositeStatus';
import { composedResources } from './composition';
import {
  available,
  creating,
  deleting,
  failed,
  paused,
  synced,
} from './conditions';

const FINALIZER = 'composite.apiextensions.crossplane.io';
export const PAUSED_ANNOTATION = 'crossplane.io/paused';

/** Where Crossplane keeps its own fields of a composite: `spec`, or `spec.crossplane` since v2. */
export type FieldsAt = 'spec' | 'spec.crossplane';

/** Makes clusters from the composite resources (XRs) of one kind. */
export class CompositeController {
  readonly #steps: StepController;
  /** Spec that composed resources were last brought to, by uid; generation of the composite. */
  readonly #reached = new Map<string, number>();

  constructor(
    private readonly context: ProvisioningContext,
    readonly resource: Resource,
    private readonly fieldsAt: FieldsAt,
    private readonly onChange: (composite: KubernetesObject) => void = () => {},
  ) {
    this.#steps = new StepController({
      ...context,
      resource,
      next: composite => this.#next(composite),
      onChange: composite => this.onChange(composite),
      onDeleted: ({ metadata }) => this.#reached.delete(metadata.uid!),
    });
  }

  stop(): void {
    this.#steps.stop();
  }

  #next(composite: KubernetesObject): Step | undefined {
    const { metadata } = composite;
    if (metadata.deletionTimestamp) return this.#delete(composite);
    if (metadata.annotations?.[PAUSED_ANNOTATION] === 'true') {
      return this.#conditions(composite, [paused]);
    }
    if (!metadata.finalizers?.includes(FINALIZER))
      return this.#begin(composite);
    const refused = refusal(composite, askedFor(composite.spec));
    if (refused) return this.#conditions(composite, [failed(refused)]);
    const unready = this.#unready(composite);
    if (this.#reached.get(metadata.uid!) === metadata.generation) {
      return this.#ready(composite);
    }
    const told = this.#conditions(composite, [
      synced,
      // An upgrade goes on behind a cluster that stays ready.
      ...(isTrue(composite, 'Ready') ? [] : [creating(unready)]),
    ]);
    if (told) return told;
    return isHeld(composite) ? undefined : this.#compose(composite);
  }

  #begin(composite: KubernetesObject): Step {
    const { store, registrar, timings } = this.context;
    return {
      name: 'begin',
      after: timings.react,
      take: () => {
        registrar.unreachable(clusterNameOf(composite));
        setFinalizer(store, this.resource, composite.metadata, FINALIZER, true);
        this.#writeReferences(composite);
      },
    };
  }

  /** Lets the composed resources become what the spec asks for. */
  #compose(composite: KubernetesObject): Step {
    const { timings } = this.context;
    const { uid, generation, namespace, name } = composite.metadata;
    const first = !isTrue(composite, 'Ready');
    const machines = askedFor(composite.spec).machines ?? 0;
    return {
      name: `compose ${generation}`,
      after:
        (first
          ? timings.infrastructure + timings.controlPlane
          : timings.controlPlane) + (machines > 0 ? timings.machine : 0),
      take: () => {
        this.#reached.set(uid!, generation!);
        this.#steps.plan({ namespace, name });
      },
    };
  }

  #ready(composite: KubernetesObject): Step | undefined {
    const { registrar, store } = this.context;
    const cluster = clusterNameOf(composite);
    const was = isTrue(composite, 'Ready');
    const observed = compositeStatus(store, this.resource, {
      endpoint: registrar.server(cluster),
      kubernetesVersion: askedFor(composite.spec).version,
    });
    const told = this.#conditions(composite, [synced, available], observed);
    if (!told) return undefined;
    return {
      ...told,
      take: () => {
        told.take();
        if (!was)
          registrar.ready(
            cluster,
            store.get(this.resource, composite.metadata),
          );
      },
    };
  }

  #delete(composite: KubernetesObject): Step | undefined {
    const { store, registrar, timings } = this.context;
    const told = this.#conditions(composite, [deleting]);
    if (told) return told;
    if (!composite.metadata.finalizers?.includes(FINALIZER)) return undefined;
    return {
      name: 'delete',
      after: timings.teardown * 2,
      take: () => {
        registrar.gone(clusterNameOf(composite));
        setFinalizer(
          store,
          this.resource,
          composite.metadata,
          FINALIZER,
          false,
        );
      },
    };
  }

  #unready(composite: KubernetesObject): string[] {
    const names = composedResources(
      this.context.store,
      composite,
      this.resource,
    ).map(({ name }) => name);
    return names.length > 0 ? names : ['cluster'];
  }

  #writeReferences(composite: KubernetesObject) {
    const { store } = this.context;
    const references = composedResources(store, composite, this.resource);
    store.modify(this.resource, composite.metadata, draft => {
      const spec: any = (draft.spec ??= {});
      const own = this.fieldsAt === 'spec' ? spec : (spec.crossplane ??= {});
      own.resourceRefs = references.map(({ apiVersion, kind, name }) => ({
        apiVersion,
        kind,
        name: `${composite.metadata.name}-${name}`,
      }));
    });
  }

  #conditions(
    composite: KubernetesObject,
    wanted: Condition[],
    more: Record<string, unknown> = {},
  ): Step | undefined {
    const { store, clock } = this.context;
    const old: any = composite.status ?? {};
    return statusStep(store, this.resource, composite, {
      ...old,
      ...more,
      conditions: withConditions(old.conditions, wanted, clock.now()),
    });
  }
}
