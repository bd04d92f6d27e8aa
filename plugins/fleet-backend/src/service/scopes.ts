import { type ChangeJournal, scopeOfChange } from '../changes';
import type { FleetScope, ScopeLookup } from '../permissions';
import type { ApplicationRecord, ClusterEntry, FleetStore } from '../store';

/** What a deployment concerns, for permission rules. */
export function deploymentScope(
  store: FleetStore,
  record: ApplicationRecord,
): FleetScope {
  const cluster = store.cluster(record.clusterId);
  const owner = store.declaredService(record.service ?? '')?.owner;
  return {
    owners: owner ? [owner] : [],
    environments: cluster?.environment ? [cluster.environment] : [],
    regions: cluster?.region ? [cluster.region] : [],
    hubs: [record.hub],
  };
}

/** What a cluster concerns; nobody owns one. */
export function clusterScope({
  environment,
  region,
  hub,
}: Pick<ClusterEntry, 'environment' | 'region' | 'hub'>): FleetScope {
  return {
    owners: [],
    environments: environment ? [environment] : [],
    regions: region ? [region] : [],
    hubs: [hub],
  };
}

/** Finds what clusters, deployments and changes concern, by their ids. */
export function scopesOf(
  store: FleetStore,
  journal: ChangeJournal,
): ScopeLookup {
  return {
    cluster(id) {
      const entry = store.cluster(id);
      return entry && clusterScope(entry);
    },
    deployment(id) {
      const record = store.application(id);
      return record && deploymentScope(store, record);
    },
    async change(id) {
      const head = await journal.head(id);
      return head && scopeOfChange(head);
    },
  };
}
