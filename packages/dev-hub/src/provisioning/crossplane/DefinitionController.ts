import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { customResourceDefinitions, type Resource } from '../../objects';
import { type Condition, withConditions } from '../conditions';
import { type ProvisioningContext, requireKind } from '../context';
import { type Step, StepController, statusStep } from '../StepController';
import { ClaimController } from './ClaimController';
import { claimDefinition, compositeDefinition, scopeOf } from './composedKinds';
import { CompositeController } from './CompositeController';
import { GROUP } from './definitions';

/** Offers the kinds that CompositeResourceDefinitions define, and runs their controllers. */
export class DefinitionController {
  readonly #definitions: Resource;
  readonly #steps: StepController;
  readonly #running = new Map<string, () => void>();

  constructor(private readonly context: ProvisioningContext) {
    this.#definitions = requireKind(
      context.store,
      GROUP,
      'CompositeResourceDefinition',
    );
    this.#steps = new StepController({
      ...context,
      resource: this.#definitions,
      next: definition => this.#next(definition),
      onDeleted: definition => this.#withdraw(definition),
    });
  }

  stop(): void {
    this.#steps.stop();
    for (const stop of this.#running.values()) stop();
  }

  #next(definition: KubernetesObject): Step | undefined {
    const { store, timings, clock } = this.context;
    if (definition.metadata.deletionTimestamp) return undefined;
    const { generation } = definition.metadata;
    if (definition.status?.observedGeneration !== generation) {
      return {
        name: `offer ${generation}`,
        after: timings.react,
        take: () => {
          this.#offer(definition);
          const status = establishedStatus(definition, clock.now());
          statusStep(store, this.#definitions, definition, status)?.take();
        },
      };
    }
    return undefined;
  }

  #offer(definition: KubernetesObject) {
    const { store } = this.context;
    const composite = compositeDefinition(definition);
    const claim = claimDefinition(definition);
    for (const wanted of [composite, ...(claim ? [claim] : [])]) {
      if (!store.find(customResourceDefinitions, wanted.metadata)) {
        store.create(customResourceDefinitions, wanted);
      } else {
        store.modify(customResourceDefinitions, wanted.metadata, draft => {
          draft.spec = wanted.spec;
        });
      }
    }
    if (this.#running.has(definition.metadata.name)) return;
    this.#running.set(
      definition.metadata.name,
      this.#run(definition, claim !== undefined),
    );
  }

  #run(definition: KubernetesObject, withClaims: boolean): () => void {
    const { store } = this.context;
    const { group, names, claimNames } = definition.spec as any;
    const composites = requireKind(store, group, names.kind);
    const claims = withClaims
      ? new ClaimController(
          this.context,
          requireKind(store, group, claimNames.kind),
          composites,
        )
      : undefined;
    const controller = new CompositeController(
      this.context,
      composites,
      scopeOf(definition) === 'LegacyCluster' ? 'spec' : 'spec.crossplane',
      composite => claims?.compositeChanged(composite),
    );
    return () => {
      controller.stop();
      claims?.stop();
    };
  }

  #withdraw({ metadata }: KubernetesObject) {
    // The garbage collector deletes the definitions of its kinds.
    this.#running.get(metadata.name)?.();
    this.#running.delete(metadata.name);
  }
}

function establishedStatus(definition: KubernetesObject, now: Date) {
  const { claimNames } = definition.spec as any;
  const conditions: Condition[] = [
    {
      type: 'Established',
      status: 'True',
      reason: 'WatchingCompositeResource',
    },
  ];
  if (claimNames) {
    conditions.push({
      type: 'Offered',
      status: 'True',
      reason: 'WatchingCompositeResourceClaim',
    });
  }
  return {
    observedGeneration: definition.metadata.generation,
    conditions: withConditions(definition.status?.conditions, conditions, now),
  };
}
