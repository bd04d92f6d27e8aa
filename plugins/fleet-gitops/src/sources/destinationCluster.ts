import { IN_CLUSTER_SERVER } from '@backstage-fleet/plugin-fleet-common';
import type { Application } from '../model/argocd';
import type { ClusterRecord } from '../model/fleetSnapshot';

interface ClusterNames {
  names: Set<string>;
  byServer: Map<string, string>;
}

/** Clusters by name and server, built once for each list. */
const indexes = new WeakMap<readonly ClusterRecord[], ClusterNames>();

function indexOf(clusters: readonly ClusterRecord[]): ClusterNames {
  const known = indexes.get(clusters);
  if (known) return known;
  const index: ClusterNames = { names: new Set(), byServer: new Map() };
  for (const { name, server } of clusters) {
    index.names.add(name);
    if (!index.byServer.has(server)) index.byServer.set(server, name);
  }
  indexes.set(clusters, index);
  return index;
}

/*
 * Where each cluster has its own Argo CD, one repository declares Applications for many of them, and `in-cluster` is
 * another cluster for each. Which one is known where the Application is found; it is kept beside the object because its
 * text must stay as Argo CD has it.
 */
const homes = new WeakMap<Application, string>();

/** Notes the cluster whose Argo CD has an Application, as far as it is another one than the hub at hand. */
export function setHomeCluster(application: Application, name: string): void {
  homes.set(application, name);
}

/**
 * The cluster whose own Argo CD has an Application; `undefined` for the Applications of the hub at hand.
 *
 * @public
 */
export function homeCluster(application: Application): string | undefined {
  return homes.get(application);
}

/** Whether an Application goes to the cluster of its own Argo CD. */
export function isInCluster({ spec }: Application): boolean {
  const { name, server } = spec.destination ?? {};
  return name ? name === 'in-cluster' : server === IN_CLUSTER_SERVER;
}

/**
 * The cluster that an Application goes to, `undefined` where the hub knows none.
 *
 * @remarks
 * `in-cluster` is the cluster of the Argo CD that has the Application: the hub's own, or where each cluster has its own
 * Argo CD, the one that the Application was declared for.
 *
 * @public
 */
export function destinationCluster(
  application: Application,
  clusters: readonly ClusterRecord[],
): string | undefined {
  const { name, server } = application.spec.destination ?? {};
  const home = homes.get(application);
  if (home !== undefined && (name === home || isInCluster(application)))
    return home;
  const { names, byServer } = indexOf(clusters);
  const found = name
    ? names.has(name) && name
    : server !== undefined && byServer.get(server);
  if (found) return found;
  return isInCluster(application) ? 'in-cluster' : undefined;
}
