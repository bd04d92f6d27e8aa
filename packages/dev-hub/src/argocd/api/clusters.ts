import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import {
  IN_CLUSTER_NAME,
  IN_CLUSTER_SERVER,
} from '../../controllers/destinations';
import {
  isClusterSecret,
  toClusterRecord,
} from '../../controllers/clusterSecrets';
import { timestamp } from '../../controllers/applicationStatus';
import { applications, type ObjectStore, secrets } from '../../objects';
import { type Clusters, UnreachableClusterError } from '../../spokes';

/** What spokes run where their Secret does not say. */
const SERVER_VERSION = 'v1.33';

interface Destination {
  name: string;
  server: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

function destinations(store: ObjectStore): Destination[] {
  const known = store
    .list(secrets)
    .items.filter(isClusterSecret)
    .map(secret => {
      const { name, server } = toClusterRecord(secret);
      const { 'argocd.argoproj.io/secret-type': _type, ...labels } =
        secret.metadata.labels ?? {};
      return {
        name,
        server,
        ...(Object.keys(labels).length > 0 ? { labels } : {}),
        ...(secret.metadata.annotations
          ? { annotations: secret.metadata.annotations }
          : {}),
      };
    });
  return known.some(({ server }) => server === IN_CLUSTER_SERVER)
    ? known
    : [...known, { name: IN_CLUSTER_NAME, server: IN_CLUSTER_SERVER }];
}

/** The clusters of a hub with the state of the connection to each; credentials are never among it. */
export function listClusters(
  store: ObjectStore,
  clusters: Clusters,
  now: Date,
): Array<{ name: string; server: string }> {
  const counts = new Map<string, number>();
  for (const { spec } of store.list(applications).items as KubernetesObject[]) {
    const { name, server } = (spec as any).destination ?? {};
    const key = server ?? name;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return destinations(store).map(destination => {
    const { name, server, labels } = destination;
    const count = (counts.get(server) ?? 0) + (counts.get(name) ?? 0);
    const reachable = clusters.isReachable(server);
    const connectionState = stateOf(server, reachable, count, now);
    const minor = labels?.kubernetes_version;
    const serverVersion =
      reachable && count > 0
        ? { serverVersion: minor ? `v${minor}` : SERVER_VERSION }
        : {};
    return {
      server,
      name,
      config: { tlsClientConfig: { insecure: false } },
      connectionState,
      ...serverVersion,
      info: {
        connectionState,
        ...serverVersion,
        cacheInfo: reachable && count > 0 ? cacheInfo(count, now) : {},
        applicationsCount: count,
      },
      ...(labels ? { labels } : {}),
      ...(destination.annotations
        ? { annotations: destination.annotations }
        : {}),
    };
  });
}

function cacheInfo(count: number, now: Date) {
  return {
    resourcesCount: count * 3,
    apisCount: 32,
    lastCacheSyncTime: timestamp(now),
  };
}

function stateOf(
  server: string,
  reachable: boolean,
  applicationsCount: number,
  now: Date,
) {
  const attemptedAt = timestamp(now);
  if (applicationsCount === 0) {
    return {
      status: 'Unknown',
      message: 'Cluster has no applications and is not being monitored.',
      attemptedAt,
    };
  }
  return reachable
    ? { status: 'Successful', message: '', attemptedAt }
    : {
        status: 'Failed',
        message: new UnreachableClusterError(server).message,
        attemptedAt,
      };
}
