import type { FleetStore } from './fleetStore';
import type { ApplicationRecord } from './records';

/** Shows every deployment: who sees all is told apart from who sees some, because counts for all are worth keeping. */
export const everyDeployment = (_record: ApplicationRecord): boolean => true;

const kept = new WeakMap<
  FleetStore,
  { revision: number; counts: Map<string, number> }
>();

/**
 * How many services run on a cluster, as far as they may be seen. For who sees all it is counted once for each revision: a
 * page asks for every cluster of the fleet.
 */
export function countServices(
  store: FleetStore,
  clusterId: string,
  visible: (record: ApplicationRecord) => boolean,
): number {
  if (visible !== everyDeployment) return count(store, clusterId, visible);
  let known = kept.get(store);
  if (known?.revision !== store.revision) {
    known = { revision: store.revision, counts: new Map() };
    kept.set(store, known);
  }
  let services = known.counts.get(clusterId);
  if (services === undefined) {
    services = count(store, clusterId, visible);
    known.counts.set(clusterId, services);
  }
  return services;
}

function count(
  store: FleetStore,
  clusterId: string,
  visible: (record: ApplicationRecord) => boolean,
): number {
  const services = new Set<string>();
  for (const record of store.applicationsOfCluster(clusterId)) {
    if (record.service !== undefined && visible(record))
      services.add(record.service);
  }
  return services.size;
}
