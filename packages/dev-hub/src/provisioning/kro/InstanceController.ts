import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { Resource } from '../../objects';
import { isTrue } from '../conditions';
import type { ProvisioningContext } from '../context';
import {
  askedFor,
  FAIL_ANNOTATION,
  HOLD_ANNOTATION,
  refusal,
} from '../outcome';
import { clusterNameOf } from '../Registrar';
import {
  setFinalizer,
  type Step,
  StepController,
  statusStep,
} from '../StepController';
import { referencesOf, render, type Scope } from './expressions';
import { instanceStatus } from './instanceStatus';

const FINALIZER = 'kro.run/finalizer';
const RECONCILE_ANNOTATION = 'kro.run/reconcile';

interface Node {
  id: string;
  template: any;
}

/** A resource of an instance's graph as it should be, and as it is. */
interface Child {
  id: string;
  resource: Resource;
  wanted: KubernetesObject;
  live?: KubernetesObject;
}

/** Makes the resources of each instance's graph, one after the other as they refer to each other. */
export class InstanceController {
  readonly #steps: StepController;
  readonly #stops: Array<() => void>;

  constructor(
    private readonly context: ProvisioningContext,
    private readonly instances: Resource,
    private readonly nodes: Node[],
    /** `spec.schema.status` of the definition. */
    private readonly statusTemplate: Record<string, unknown>,
  ) {
    this.#steps = new StepController({
      ...context,
      resource: instances,
      next: instance => this.#next(instance),
      onDeleted: instance => context.registrar.gone(clusterNameOf(instance)),
    });
    const kinds = new Set(nodes.flatMap(node => this.#resource(node) ?? []));
    this.#stops = [...kinds].map(resource =>
      context.store.watch(resource, {}, ({ object }) => {
        const { labels = {} } = object.metadata;
        if (labels['kro.run/instance-kind'] !== instances.kind) return;
        this.#steps.plan({
          name: labels['kro.run/instance-name'],
          namespace: labels['kro.run/instance-namespace'],
        });
      }),
    );
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#steps.stop();
  }

  #next(instance: KubernetesObject): Step | undefined {
    const { store, clock, timings, registrar } = this.context;
    const { metadata } = instance;
    const suspended = ['suspended', 'disabled'].includes(
      metadata.annotations?.[RECONCILE_ANNOTATION] ?? '',
    );
    const managed = metadata.finalizers?.includes(FINALIZER) === true;
    const deleting = metadata.deletionTimestamp !== undefined;
    const { children, error } = this.#resolve(instance);
    const waitingFor = this.#waitingFor(children);
    const refused = refusal(instance, askedFor(instance.spec));
    const progress = {
      deleting,
      suspended,
      managed,
      error: error ?? refused,
      waitingFor,
    };
    // Its status tells of a change when that was handed on.
    const isBlocked = deleting || suspended || progress.error !== undefined;
    const grown =
      managed && !isBlocked ? this.#grow(instance, children) : undefined;
    if (grown) return grown;
    const told = statusStep(store, this.instances, instance, {
      ...instanceStatus(instance, progress, clock.now()),
      ...this.#ownStatus(instance, children),
    });
    if (told) return told;
    if (deleting) return this.#delete(instance, children);
    if (suspended || progress.error) return undefined;
    if (!managed) {
      return {
        name: 'begin',
        after: timings.react,
        take: () => {
          registrar.unreachable(clusterNameOf(instance));
          setFinalizer(store, this.instances, metadata, FINALIZER, true);
        },
      };
    }
    return this.#register(instance, waitingFor);
  }

  /** Applies what differs among the resources whose references can be followed already. */
  #grow(instance: KubernetesObject, children: Child[]): Step | undefined {
    const { store, timings } = this.context;
    const changed = children.filter(
      ({ wanted, live }) =>
        !live ||
        !isDeepStrictEqual(plain(wanted.spec), plain(live.spec)) ||
        !isDeepStrictEqual(
          plain(wanted.metadata.annotations ?? {}),
          plain(live.metadata.annotations ?? {}),
        ),
    );
    if (changed.length === 0) return undefined;
    return {
      name: `apply ${instance.metadata.resourceVersion}`,
      after: timings.react,
      take: () => {
        for (const { resource, wanted, live } of changed) {
          if (!live) store.create(resource, wanted);
          else {
            store.modify(resource, wanted.metadata, draft => {
              draft.spec = wanted.spec;
              draft.metadata.annotations = wanted.metadata.annotations;
            });
          }
        }
      },
    };
  }

  #register(
    instance: KubernetesObject,
    waitingFor: string[],
  ): Step | undefined {
    const { registrar } = this.context;
    const cluster = clusterNameOf(instance);
    if (waitingFor.length > 0 || registrar.isReady(cluster)) return undefined;
    return {
      name: 'register',
      after: 0,
      take: () => registrar.ready(cluster, instance),
    };
  }

  #delete(instance: KubernetesObject, children: Child[]): Step | undefined {
    const { store, timings } = this.context;
    // The last first, as each may need those before it.
    const last = children.filter(({ live }) => live).pop();
    return {
      name: `delete ${last?.id ?? 'instance'}`,
      after: timings.react,
      take: () => {
        if (last) store.remove(last.resource, last.wanted.metadata);
        else {
          setFinalizer(
            store,
            this.instances,
            instance.metadata,
            FINALIZER,
            false,
          );
        }
      },
    };
  }

  #resolve(instance: KubernetesObject): { children: Child[]; error?: string } {
    const scope: Scope = { schema: instance };
    const children: Child[] = [];
    try {
      for (const node of this.nodes) {
        const resource = this.#resource(node);
        // Kinds that are not served here are somebody else's cloud: taken as made.
        if (!resource) continue;
        const open = [...referencesOf(node.template)].some(
          id => this.nodes.some(other => other.id === id) && !scope[id],
        );
        if (open) continue;
        const wanted = this.#childOf(instance, node, scope);
        const live = this.context.store.find(resource, wanted.metadata);
        if (live) scope[node.id] = live;
        children.push({ id: node.id, resource, wanted, live });
      }
    } catch (error) {
      return { children, error: (error as Error).message };
    }
    return { children };
  }

  #childOf(
    instance: KubernetesObject,
    node: Node,
    scope: Scope,
  ): KubernetesObject {
    const rendered = render(node.template, scope) as KubernetesObject;
    const { name, namespace, uid, annotations = {} } = instance.metadata;
    const outcome = [FAIL_ANNOTATION, HOLD_ANNOTATION].flatMap(key =>
      annotations[key] === undefined ? [] : [[key, annotations[key]]],
    );
    const own = {
      ...rendered.metadata.annotations,
      ...Object.fromEntries(outcome),
    };
    return {
      ...rendered,
      metadata: {
        ...rendered.metadata,
        namespace: rendered.metadata.namespace ?? namespace,
        ...(Object.keys(own).length > 0 ? { annotations: own } : {}),
        labels: {
          ...rendered.metadata.labels,
          'kro.run/owned': 'true',
          'kro.run/instance-id': uid!,
          'kro.run/instance-kind': this.instances.kind,
          'kro.run/instance-name': name,
          'kro.run/instance-namespace': namespace!,
          'kro.run/node-id': node.id,
        },
      },
    };
  }

  #waitingFor(children: Child[]): string[] {
    const ready = new Set(
      children.filter(({ live }) => live && isReady(live)).map(({ id }) => id),
    );
    return this.nodes
      .filter(node => this.#resource(node) && !ready.has(node.id))
      .map(({ id }) => id);
  }

  #ownStatus(instance: KubernetesObject, children: Child[]) {
    const scope: Scope = { schema: instance };
    for (const { id, live } of children) if (live) scope[id] = live;
    return render(this.statusTemplate, scope) as Record<string, unknown>;
  }

  #resource({ template }: Node): Resource | undefined {
    const [group] = template.apiVersion.includes('/')
      ? template.apiVersion.split('/')
      : [''];
    return this.context.store.findKind(group, template.kind);
  }
}

/** As `readyWhen` of cluster graphs usually says it; objects without a status are ready at once. */
function isReady(object: KubernetesObject): boolean {
  const { status } = object;
  if (status?.status !== undefined) return status.status === 'ACTIVE';
  if (!status?.conditions) return !object.metadata.finalizers?.length;
  return isTrue(object, 'Available') || isTrue(object, 'Ready');
}

function plain(value: unknown) {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
