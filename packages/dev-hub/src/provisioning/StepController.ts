import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { Clock } from '../clock';
import { type ObjectKey, type ObjectStore, type Resource } from '../objects';

/** The next thing that happens to an object. */
export interface Step {
  /** Says what happens; a pending step with another name is given up. */
  name: string;
  /** Milliseconds from now. */
  after: number;
  take: () => void;
}

/**
 * Leads the objects of one kind through their phases: asks for the next step of an object whenever it changes, and takes
 * it when its time has come.
 */
export class StepController {
  readonly #pending = new Map<string, { name: string; cancel: () => void }>();
  readonly #store: ObjectStore;
  readonly #clock: Clock;
  readonly #resource: Resource;
  readonly #next: (object: KubernetesObject) => Step | undefined;
  readonly #onError: (key: string, error: unknown) => void;
  readonly #stop: () => void;

  constructor(options: {
    store: ObjectStore;
    clock: Clock;
    resource: Resource;
    next: (object: KubernetesObject) => Step | undefined;
    /** Hears of every change of an object before the next step is asked for. */
    onChange?: (object: KubernetesObject) => void;
    onDeleted?: (object: KubernetesObject) => void;
    onError: (key: string, error: unknown) => void;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#resource = options.resource;
    this.#next = options.next;
    this.#onError = options.onError;
    this.#stop = options.store.watch(
      options.resource,
      {},
      ({ type, object }) => {
        options.onChange?.(object);
        if (type !== 'DELETED') {
          this.plan(object.metadata);
          return;
        }
        this.#drop(keyOf(object.metadata));
        options.onDeleted?.(object);
      },
    );
  }

  /** Asks again what comes next, because something else changed that it depends on. */
  plan(key: ObjectKey): void {
    const text = keyOf(key);
    const object = this.#store.find(this.#resource, key);
    const step = object && this.#next(object);
    if (step && this.#pending.get(text)?.name === step.name) return;
    this.#drop(text);
    if (!step) return;
    const cancel = this.#clock.after(step.after, () => {
      this.#pending.delete(text);
      try {
        step.take();
      } catch (error) {
        this.#onError(`${this.#resource.kind} ${text}`, error);
        return;
      }
      this.plan(key);
    });
    this.#pending.set(text, { name: step.name, cancel });
  }

  stop(): void {
    this.#stop();
    for (const { cancel } of this.#pending.values()) cancel();
    this.#pending.clear();
  }

  #drop(text: string) {
    this.#pending.get(text)?.cancel();
    this.#pending.delete(text);
  }
}

function keyOf({ namespace, name }: ObjectKey): string {
  return namespace ? `${namespace}/${name}` : name;
}

/** The step that brings a status where it should be; none where it is there. */
export function statusStep(
  store: ObjectStore,
  resource: Resource,
  object: KubernetesObject,
  status: Record<string, any>,
): Step | undefined {
  if (isDeepStrictEqual(plain(object.status ?? {}), plain(status))) {
    return undefined;
  }
  return {
    name: `status ${JSON.stringify(status)}`,
    after: 0,
    take: () => writeStatus(store, resource, object.metadata, status),
  };
}

function plain(value: object) {
  return JSON.parse(JSON.stringify(value));
}

export function writeStatus(
  store: ObjectStore,
  resource: Resource,
  key: ObjectKey,
  status: Record<string, any>,
): void {
  if (!store.find(resource, key)) return;
  store.modify(
    resource,
    key,
    draft => {
      draft.status = plain(status);
    },
    { status: true },
  );
}

/** Adds a finalizer, or takes it away. */
export function setFinalizer(
  store: ObjectStore,
  resource: Resource,
  key: ObjectKey,
  finalizer: string,
  present: boolean,
): void {
  if (!store.find(resource, key)) return;
  store.modify(resource, key, draft => {
    const others = (draft.metadata.finalizers ?? []).filter(
      other => other !== finalizer,
    );
    draft.metadata.finalizers = present ? [...others, finalizer] : others;
  });
}
