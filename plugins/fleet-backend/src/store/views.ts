import type {
  Cluster,
  ClusterSummary,
  Deployment,
  Service,
} from '@backstage-fleet/plugin-fleet-common';
import { worstState } from '@backstage-fleet/plugin-fleet-common';
import type { HubDefinition } from '../hubs';
import type { Freshness } from './deploymentFreshness';
import type { FleetStore } from './fleetStore';
import type { ApplicationRecord, ClusterEntry } from './records';
import { countServices, everyDeployment } from './serviceCounts';
import { parseTime } from './time';

/** A cluster as the API gives it. */
export function toCluster(
  store: FleetStore,
  cluster: ClusterEntry,
  file?: string,
  visible: (record: ApplicationRecord) => boolean = everyDeployment,
): Cluster {
  const { connection } = cluster;
  return {
    ...cluster,
    file,
    services: countServices(store, cluster.id, visible),
    connection: connection && {
      ...connection,
      attemptedAt: parseTime(connection.attemptedAt),
    },
  };
}

/** What a cluster is told from others by, as the API gives it. */
export function toClusterSummary({
  id,
  name,
  hub,
  kind,
  region,
  environment,
}: ClusterEntry): ClusterSummary {
  return { id, name, hub, kind, region, environment };
}

/** A service as the API gives it, declared in the catalog or found on a hub. */
export function toService(
  store: FleetStore,
  name: string,
  visible: (record: ApplicationRecord) => boolean = everyDeployment,
): Service {
  const declared = store.declaredService(name);
  const records = store.applicationsOfService(name).filter(visible);
  return {
    name,
    title: declared?.title ?? name,
    entityRef: declared?.entityRef,
    owner: declared?.owner,
    system: declared?.system,
    applicationSet: records.find(record => record.applicationSet)
      ?.applicationSet,
    deployments: records.length,
    worst: worstState(records.map(({ state }) => state.state)),
  };
}

/** A deployment as the API gives it. */
export function toDeployment(
  record: ApplicationRecord,
  hub: HubDefinition | undefined,
  freshness?: Freshness,
): Deployment {
  const { state, versions } = record;
  return {
    id: record.id,
    name: record.name,
    namespace: record.namespace,
    applicationSet: record.applicationSet,
    project: record.object.spec?.project,
    argocdUrl: hub?.argocdUrl
      ? `${hub.argocdUrl}/applications/${record.namespace}/${record.name}`
      : undefined,
    state: state.state,
    health: state.health,
    healthMessage: state.healthMessage,
    healthSince: parseTime(state.healthSince),
    sync: state.sync,
    automatedSync: state.automatedSync,
    desired: versions.desired,
    synced: versions.synced,
    running: record.running,
    syncedAt: parseTime(state.syncedAt),
    reconciledAt: parseTime(state.reconciledAt),
    operation: state.operation,
    differing: state.differing,
    resources: state.resources,
    conditions: state.conditions,
    namedBy: record.namedBy ?? 'no rule',
    deleting: state.deleting,
    freshness,
  };
}
