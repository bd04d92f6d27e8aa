import { Cluster, Matrix } from '@backstage-fleet/plugin-fleet-common';

/** A spoke of the hub `hub`. */
export function clusterOf(name: string, more: Partial<Cluster> = {}): Cluster {
  const hub = more.hub ?? 'hub';
  return {
    id: `${hub}/${name}`,
    name,
    hub,
    server: `https://${name}.example.com`,
    kind: 'spoke',
    labels: {},
    annotations: {},
    services: 0,
    ...more,
  };
}

/** A matrix of clusters, services with their entity refs, and which runs where as `[service, cluster]`. */
export function matrixOf(options: {
  clusters: Cluster[];
  services?: Array<[name: string, entityRef?: string]>;
  runs?: Array<[service: number, cluster: number]>;
  hubs?: Record<string, Matrix['hubs'][number]['status']>;
}): Matrix {
  const {
    clusters,
    services = [],
    runs = [],
    hubs = { hub: 'live' },
  } = options;
  const zeros = runs.map(() => 0);
  return {
    revision: 1,
    full: true,
    hubs: Object.entries(hubs).map(([id, status]) => ({
      id,
      title: id.toLocaleUpperCase('en-US'),
      status,
    })),
    services: services.map(([name, entityRef]) => ({
      name,
      title: name,
      entityRef,
      deployments: 1,
    })),
    clusters,
    states: [],
    healths: [],
    syncs: [],
    versions: [],
    cells: {
      row: runs.map(([service]) => service),
      column: runs.map(([, cluster]) => cluster),
      state: zeros,
      health: zeros,
      sync: zeros,
      running: zeros,
      desired: zeros,
      since: zeros,
    },
    removed: [],
  };
}
