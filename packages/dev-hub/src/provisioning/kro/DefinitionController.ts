import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { customResourceDefinitions, type Resource } from '../../objects';
import { withConditions } from '../conditions';
import { type ProvisioningContext, requireKind } from '../context';
import { type Step, StepController, statusStep } from '../StepController';
import { CloudResourceController } from './CloudResourceController';
import {
  CLOUD_GROUP,
  CLOUD_KINDS,
  GROUP,
  instanceDefinition,
} from './definitions';
import { InstanceController } from './InstanceController';

/** Offers the kinds that ResourceGraphDefinitions define, and runs their controllers. */
export class DefinitionController {
  readonly #definitions: Resource;
  readonly #steps: StepController;
  readonly #running = new Map<string, () => void>();
  readonly #cloud: CloudResourceController[];

  constructor(private readonly context: ProvisioningContext) {
    const { store } = context;
    this.#definitions = requireKind(store, GROUP, 'ResourceGraphDefinition');
    this.#cloud = CLOUD_KINDS.map(
      kind =>
        new CloudResourceController(
          context,
          requireKind(store, CLOUD_GROUP, kind),
        ),
    );
    this.#steps = new StepController({
      ...context,
      resource: this.#definitions,
      next: definition => this.#next(definition),
      onDeleted: ({ metadata }) => this.#withdraw(metadata.name),
    });
  }

  stop(): void {
    this.#steps.stop();
    for (const stop of this.#running.values()) stop();
    for (const controller of this.#cloud) controller.stop();
  }

  #next(definition: KubernetesObject): Step | undefined {
    const { metadata, status } = definition;
    if (metadata.deletionTimestamp) return undefined;
    if (status?.observedGeneration === metadata.generation) return undefined;
    const { store, timings, clock } = this.context;
    return {
      name: `offer ${metadata.generation}`,
      after: timings.react,
      take: () => {
        let problem: string | undefined;
        try {
          this.#offer(definition);
        } catch (error) {
          problem = (error as Error).message;
        }
        statusStep(
          store,
          this.#definitions,
          definition,
          definitionStatus(definition, problem, clock.now()),
        )?.take();
      },
    };
  }

  #offer(definition: KubernetesObject) {
    const { store } = this.context;
    const wanted = instanceDefinition(definition);
    if (!store.find(customResourceDefinitions, wanted.metadata)) {
      store.create(customResourceDefinitions, wanted);
    } else {
      store.modify(customResourceDefinitions, wanted.metadata, draft => {
        draft.spec = wanted.spec;
      });
    }
    const { schema, resources = [] } = definition.spec as any;
    this.#withdraw(definition.metadata.name);
    const controller = new InstanceController(
      this.context,
      requireKind(store, schema.group ?? GROUP, schema.kind),
      resources.filter(({ template }: any) => template),
      schema.status ?? {},
    );
    this.#running.set(definition.metadata.name, () => controller.stop());
  }

  #withdraw(name: string) {
    this.#running.get(name)?.();
    this.#running.delete(name);
  }
}

function definitionStatus(
  definition: KubernetesObject,
  problem: string | undefined,
  now: Date,
) {
  const { resources = [] } = definition.spec as any;
  const types = [
    'ResourceGraphAccepted',
    'KindReady',
    'ControllerReady',
    'Ready',
  ];
  return {
    observedGeneration: definition.metadata.generation,
    state: problem ? 'Inactive' : 'Active',
    topologicalOrder: resources.map(({ id }: { id: string }) => id),
    conditions: withConditions(
      definition.status?.conditions,
      types.map(type => ({
        type,
        status: problem ? ('False' as const) : ('True' as const),
        reason: problem ? 'InvalidResourceGraph' : type,
        message: problem ?? '',
        observedGeneration: definition.metadata.generation,
      })),
      now,
    ),
  };
}
