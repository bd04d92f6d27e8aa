import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type {
  HubConnectionState,
  HubObjectKind,
  HubSink,
} from '@backstage-fleet/plugin-fleet-node';
import type { ReflectorSink } from './reflector';

/** The worst first; a kind is as well as its worst part. */
const STATUS_ORDER: HubConnectionState['status'][] = [
  'unauthorized',
  'unreachable',
  'stale',
  'connecting',
  'live',
];

/** One part of a kind: a namespace, or one resource of several that are the same kind to us. */
export interface Scope extends ReflectorSink {
  state(state: HubConnectionState): void;
  /** Takes the part away, with its objects. */
  close(): void;
}

/**
 * Joins the parts that a kind is watched in, because a hub's sink knows only whole kinds.
 */
export class KindScopes {
  readonly #kind: HubObjectKind;
  readonly #sink: HubSink;
  readonly #parts = new Set<Part>();

  constructor(kind: HubObjectKind, sink: HubSink) {
    this.#kind = kind;
    this.#sink = sink;
  }

  /** A new part, without objects until its first list. */
  open(): Scope {
    const kind = this.#kind;
    const sink = this.#sink;
    const part: Part = { objects: new Map() };
    this.#parts.add(part);
    return {
      merge: found => {
        for (const object of found) part.objects.set(key(object), object);
        sink.merge(kind, found);
      },
      replace: found => {
        part.objects = new Map(found.map(object => [key(object), object]));
        this.#replace();
      },
      upsert: object => {
        part.objects.set(key(object), object);
        sink.upsert(kind, object);
      },
      remove: object => {
        part.objects.delete(key(object));
        sink.remove(kind, object);
      },
      state: state => {
        part.state = state;
        this.#state();
      },
      close: () => {
        this.#parts.delete(part);
        if (part.objects.size > 0) this.#replace();
        this.#state();
      },
    };
  }

  #replace() {
    this.#sink.replace(
      this.#kind,
      [...this.#parts].flatMap(({ objects }) => [...objects.values()]),
    );
  }

  #state() {
    const states = [...this.#parts].flatMap(({ state }) => state ?? []);
    if (states.length === 0) return;
    this.#sink.state(
      this.#kind,
      states.reduce((worst, state) =>
        STATUS_ORDER.indexOf(state.status) < STATUS_ORDER.indexOf(worst.status)
          ? state
          : worst,
      ),
    );
  }
}

interface Part {
  objects: Map<string, KubernetesObject>;
  state?: HubConnectionState;
}

function key({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
