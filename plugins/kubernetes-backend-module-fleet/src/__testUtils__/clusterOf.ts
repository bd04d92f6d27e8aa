import { Cluster } from '@backstage-fleet/plugin-fleet-common';

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
