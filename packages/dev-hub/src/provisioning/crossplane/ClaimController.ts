import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { Resource } from '../../objects';
import { type Condition, isTrue, withConditions } from '../conditions';
import type { ProvisioningContext } from '../context';
import {
  setFinalizer,
  type Step,
  StepController,
  statusStep,
} from '../StepController';
import { PAUSED_ANNOTATION } from './CompositeController';
import {
  available,
  deleting,
  failed,
  paused,
  synced,
  waiting,
} from './conditions';

const FINALIZER = 'finalizer.apiextensions.crossplane.io';
/** Fields that are the claim's own, not the composite's. */
const CLAIM_FIELDS = [
  'resourceRef',
  'writeConnectionSecretToRef',
  'compositeDeletePolicy',
];

/** Keeps a cluster-scoped composite for each claim of one kind, and tells on the claim how that fares. */
export class ClaimController {
  readonly #steps: StepController;

  constructor(
    private readonly context: ProvisioningContext,
    private readonly claims: Resource,
    private readonly composites: Resource,
  ) {
    this.#steps = new StepController({
      ...context,
      resource: claims,
      next: claim => this.#next(claim),
    });
  }

  /** A composite changed: looks again at its claim. */
  compositeChanged(composite: KubernetesObject): void {
    const reference = (composite.spec as any)?.claimRef;
    if (reference) this.#steps?.plan(reference);
  }

  stop(): void {
    this.#steps.stop();
  }

  #next(claim: KubernetesObject): Step | undefined {
    const { metadata } = claim;
    const composite = this.#compositeOf(claim);
    if (metadata.deletionTimestamp) return this.#delete(claim, composite);
    if (metadata.annotations?.[PAUSED_ANNOTATION] === 'true') {
      return this.#conditions(claim, [paused]);
    }
    if (!composite) return this.#create(claim);
    if (!this.#isCurrent(claim, composite))
      return this.#update(claim, composite);
    const problem = compositeProblem(composite);
    return this.#conditions(
      claim,
      [
        problem ? failed(problem) : synced,
        isTrue(composite, 'Ready') ? available : waiting,
      ],
      withoutConditions(composite.status),
    );
  }

  #create(claim: KubernetesObject): Step {
    const { store, timings } = this.context;
    return {
      name: 'create',
      after: timings.react,
      take: () => {
        setFinalizer(store, this.claims, claim.metadata, FINALIZER, true);
        const created = store.create(this.composites, {
          apiVersion: apiVersionOf(this.composites),
          kind: this.composites.kind,
          metadata: {
            name: '',
            generateName: `${claim.metadata.name}-`,
            labels: {
              'crossplane.io/claim-name': claim.metadata.name,
              'crossplane.io/claim-namespace': claim.metadata.namespace ?? '',
            },
            annotations: this.#handedOn(claim),
          } as KubernetesObject['metadata'],
          spec: this.#compositeSpec(claim),
        });
        store.modify(this.claims, claim.metadata, draft => {
          const spec: any = (draft.spec ??= {});
          spec.resourceRef = {
            apiVersion: apiVersionOf(this.composites),
            kind: this.composites.kind,
            name: created.metadata.name,
          };
        });
      },
    };
  }

  #update(claim: KubernetesObject, composite: KubernetesObject): Step {
    const { store, timings } = this.context;
    return {
      name: `update ${claim.metadata.resourceVersion}`,
      after: timings.react,
      take: () =>
        store.modify(this.composites, composite.metadata, draft => {
          const own = draft.spec as any;
          draft.spec = {
            ...this.#compositeSpec(claim),
            ...(own.resourceRefs ? { resourceRefs: own.resourceRefs } : {}),
          };
          draft.metadata.annotations = this.#handedOn(claim);
        }),
    };
  }

  #delete(
    claim: KubernetesObject,
    composite: KubernetesObject | undefined,
  ): Step | undefined {
    const { store, timings } = this.context;
    const told = this.#conditions(claim, [deleting]);
    if (told) return told;
    if (composite && !composite.metadata.deletionTimestamp) {
      return {
        name: 'delete composite',
        after: timings.react,
        take: () => {
          store.remove(this.composites, composite.metadata);
        },
      };
    }
    const waits = (claim.spec as any)?.compositeDeletePolicy === 'Foreground';
    if (composite && waits) return undefined;
    return {
      name: 'release',
      after: timings.react,
      take: () =>
        setFinalizer(store, this.claims, claim.metadata, FINALIZER, false),
    };
  }

  #compositeOf(claim: KubernetesObject): KubernetesObject | undefined {
    const name = (claim.spec as any)?.resourceRef?.name;
    return name
      ? this.context.store.find(this.composites, { name })
      : undefined;
  }

  #isCurrent(claim: KubernetesObject, composite: KubernetesObject): boolean {
    const { resourceRefs: _own, ...spec } = composite.spec as any;
    return (
      isDeepStrictEqual(plain(spec), plain(this.#compositeSpec(claim))) &&
      isDeepStrictEqual(
        plain(composite.metadata.annotations ?? {}),
        plain(this.#handedOn(claim)),
      )
    );
  }

  #compositeSpec(claim: KubernetesObject): Record<string, unknown> {
    const own = Object.entries(claim.spec ?? {}).filter(
      ([field]) => !CLAIM_FIELDS.includes(field),
    );
    return {
      ...Object.fromEntries(own),
      claimRef: {
        apiVersion: apiVersionOf(this.claims),
        kind: this.claims.kind,
        name: claim.metadata.name,
        namespace: claim.metadata.namespace,
      },
    };
  }

  /** Annotations go on to the composite, but not those of kubectl and of the one who applied the claim. */
  #handedOn(claim: KubernetesObject): Record<string, string> {
    return {
      ...Object.fromEntries(
        Object.entries(claim.metadata.annotations ?? {}).filter(
          ([key]) => !/^(kubectl\.kubernetes|argocd\.argoproj)\.io\//.test(key),
        ),
      ),
      'fleet/cluster':
        claim.metadata.annotations?.['fleet/cluster'] ?? claim.metadata.name,
    };
  }

  #conditions(
    claim: KubernetesObject,
    wanted: Condition[],
    more: Record<string, unknown> = {},
  ): Step | undefined {
    const old: any = claim.status ?? {};
    return statusStep(this.context.store, this.claims, claim, {
      ...old,
      ...more,
      conditions: withConditions(
        old.conditions,
        wanted,
        this.context.clock.now(),
      ),
    });
  }
}

function compositeProblem(composite: KubernetesObject): string | undefined {
  const conditions: Condition[] = composite.status?.conditions ?? [];
  return conditions.find(
    ({ type, reason }) => type === 'Synced' && reason === 'ReconcileError',
  )?.message;
}

function withoutConditions(status: any): Record<string, unknown> {
  const { conditions: _conditions, ...rest } = status ?? {};
  return rest;
}

function apiVersionOf({ group, version }: Resource): string {
  return `${group}/${version}`;
}

function plain(value: unknown) {
  return JSON.parse(JSON.stringify(value));
}
