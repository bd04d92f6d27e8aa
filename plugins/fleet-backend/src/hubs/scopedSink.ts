import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type {
  HubConnectionState,
  HubObjectKind,
  HubSink,
} from '@backstage-fleet/plugin-fleet-node';
import type { ReflectorSink } from './reflector';

/** The worst first; a kind is as well as its worst namespace. */
const STATUS_ORDER: HubConnectionState['status'][] = [
  'unauthorized',
  'unreachable',
  'stale',
  'connecting',
  'live',
];

/** One namespace's part of a kind. */
export interface Scope extends ReflectorSink {
  state(state: HubConnectionState): void;
}

/**
 * Joins the namespaces that a kind is watched in, because a hub's sink knows only whole kinds.
 *
 * @param scopes - how many of them there are
 */
export function joinScopes(
  kind: HubObjectKind,
  sink: HubSink,
  scopes: number,
): Scope[] {
  const states: Array<HubConnectionState | undefined> = Array(scopes);
  const objects: Array<Map<string, KubernetesObject> | undefined> =
    Array(scopes);
  const key = ({ metadata }: KubernetesObject) =>
    `${metadata.namespace ?? ''}/${metadata.name}`;

  return Array.from({ length: scopes }, (_, index) => ({
    merge(found) {
      const known = (objects[index] ??= new Map());
      for (const object of found) known.set(key(object), object);
      sink.merge(kind, found);
    },
    replace(found) {
      objects[index] = new Map(found.map(object => [key(object), object]));
      sink.replace(
        kind,
        objects.flatMap(part => (part ? [...part.values()] : [])),
      );
    },
    upsert(object) {
      objects[index]?.set(key(object), object);
      sink.upsert(kind, object);
    },
    remove(object) {
      objects[index]?.delete(key(object));
      sink.remove(kind, object);
    },
    state(state) {
      states[index] = state;
      sink.state(kind, worstConnection(states));
    },
  }));
}

function worstConnection(
  states: Array<HubConnectionState | undefined>,
): HubConnectionState {
  return states
    .filter((state): state is HubConnectionState => state !== undefined)
    .reduce((worst, state) =>
      STATUS_ORDER.indexOf(state.status) < STATUS_ORDER.indexOf(worst.status)
        ? state
        : worst,
    );
}
