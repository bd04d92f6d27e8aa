import type {
  HubObjectKind,
  HubSink,
} from '@backstage-fleet/plugin-fleet-node';
import { type ObjectChanges, objectKey } from './hubCopy';
import type { HubPart } from './hubPart';

/** What one delivery of a source brought. */
export interface Delivery {
  kind: HubObjectKind;
  changes?: ObjectChanges;
  /** Something is new that is no object. */
  news?: boolean;
}

/**
 * Where a source delivers to: what comes in goes into the hub's part of the store first.
 *
 * @param deliver - runs a delivery and makes at most one revision of it
 */
export function createHubSink(
  { copy, connections }: HubPart,
  deliver: (run: () => Delivery) => void,
): HubSink {
  return {
    merge: (kind, objects) =>
      deliver(() => ({ kind, changes: copy.merge(kind, objects) })),
    replace: (kind, objects) =>
      deliver(() => ({ kind, changes: copy.replace(kind, objects) })),
    upsert: (kind, object) =>
      deliver(() => ({ kind, changes: copy.merge(kind, [object]) })),
    remove: (kind, object) =>
      deliver(() => ({
        kind,
        changes: copy.remove(kind, object)
          ? { changed: [], same: [], removed: [objectKey(kind, object)] }
          : undefined,
      })),
    state: (kind, state) =>
      deliver(() => ({ kind, news: connections.set(kind, state) })),
  };
}
