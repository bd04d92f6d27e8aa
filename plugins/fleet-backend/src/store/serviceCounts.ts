import type { FleetStore } from './fleetStore';
import type { ApplicationRecord } from './records';

/** Shows every deployment: for who sees all of them, nothing needs to be looked at one by one. */
export const everyDeployment = (_record: ApplicationRecord): boolean => true;

/** How many services run on a cluster, as far as they may be seen. */
export function countServices(
  store: FleetStore,
  clusterId: string,
  visible: (record: ApplicationRecord) => boolean,
): number {
  const services = store.servicesOn(clusterId);
  if (visible === everyDeployment) return services.size;
  let count = 0;
  for (const records of services.values()) {
    if ([...records].some(visible)) count++;
  }
  return count;
}
