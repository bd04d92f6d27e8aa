import type { Clock } from '../clock';
import type { ObjectStore, Resource } from '../objects';
import type { Registrar } from './Registrar';
import type { ProvisioningTimings } from './timings';

/** What every controller that provisions works with. */
export interface ProvisioningContext {
  store: ObjectStore;
  clock: Clock;
  registrar: Registrar;
  timings: ProvisioningTimings;
  onError: (key: string, error: unknown) => void;
}

/** The resource of a kind that was installed before its controller started. */
export function requireKind(
  store: ObjectStore,
  group: string,
  kind: string,
): Resource {
  const resource = store.findKind(group, kind);
  if (!resource) throw new Error(`${kind}.${group} is not served`);
  return resource;
}
