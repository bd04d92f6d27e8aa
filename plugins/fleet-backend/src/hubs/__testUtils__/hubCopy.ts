import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type {
  HubConnectionState,
  HubObjectKind,
  HubSink,
} from '@backstage-fleet/plugin-fleet-node';

/** What a hub source delivered, and what it says of its connections. */
export class HubCopy implements HubSink {
  readonly states = new Map<HubObjectKind, HubConnectionState>();
  readonly #copies = new Map<HubObjectKind, Map<string, KubernetesObject>>();

  /** @param keyOf - what makes two objects of a kind the same one */
  constructor(
    private readonly keyOf = ({ metadata }: KubernetesObject) => metadata.name,
  ) {}

  /** The objects of a kind, by their keys. */
  of(kind: HubObjectKind): Map<string, KubernetesObject> {
    const copy = this.#copies.get(kind) ?? new Map();
    this.#copies.set(kind, copy);
    return copy;
  }

  keys(kind: HubObjectKind): string[] {
    return [...this.of(kind).keys()];
  }

  statusOf(kind: HubObjectKind): HubConnectionState['status'] | undefined {
    return this.states.get(kind)?.status;
  }

  /** Of every kind that the source has told of. */
  get statuses(): Array<HubConnectionState['status']> {
    return [...this.states.values()].map(({ status }) => status);
  }

  merge(kind: HubObjectKind, objects: KubernetesObject[]) {
    for (const object of objects) this.upsert(kind, object);
  }

  replace(kind: HubObjectKind, objects: KubernetesObject[]) {
    this.of(kind).clear();
    this.merge(kind, objects);
  }

  upsert(kind: HubObjectKind, object: KubernetesObject) {
    this.of(kind).set(this.keyOf(object), object);
  }

  remove(kind: HubObjectKind, object: KubernetesObject) {
    this.of(kind).delete(this.keyOf(object));
  }

  state(kind: HubObjectKind, state: HubConnectionState) {
    this.states.set(kind, state);
  }
}
