import {
  IN_CLUSTER_NAME,
  IN_CLUSTER_SERVER,
} from '@backstage-fleet/plugin-fleet-common';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { sameNews } from './news';
import type { ClusterConnection, ClusterEntry } from './records';

/** Argo CD's own (`auto-label-cluster-info`) and GitOps Bridge's label with the version of Kubernetes. */
const VERSION_LABELS = [
  'argocd.argoproj.io/kubernetes-version',
  'kubernetes_version',
];

/** Keys of cluster labels that say environment and region; the first that a cluster has counts. */
export interface ClusterLabelKeys {
  environment: string[];
  region: string[];
}

/** Where an Application goes. */
export interface Destination {
  name?: string;
  server?: string;
}

/**
 * The clusters of one hub, found by name or by server as Argo CD finds them.
 *
 * A destination that no Secret registers is a cluster too: its Applications exist, and hiding them would hide that
 * something is wrong.
 */
export class ClusterIndex {
  readonly #byName = new Map<string, ClusterEntry>();
  readonly #byServer = new Map<string, ClusterEntry>();
  readonly #unregistered = new Map<string, ClusterEntry>();

  constructor(
    readonly hub: string,
    objects: Iterable<KubernetesObject>,
    private readonly keys: ClusterLabelKeys,
  ) {
    // Two Secrets may claim one name; the first by its own name wins, in every replica the same.
    const sorted = [...objects].sort((a, b) =>
      a.metadata.name < b.metadata.name ? -1 : 1,
    );
    for (const object of sorted) {
      const entry = registered(hub, object, keys);
      if (!this.#byName.has(entry.name)) this.#byName.set(entry.name, entry);
      const server = normalizeServer(entry.server);
      if (!this.#byServer.has(server)) {
        this.#byServer.set(server, this.#byName.get(entry.name)!);
      }
    }
  }

  /** Clusters with a Secret. */
  get registered(): ClusterEntry[] {
    return [...this.#byName.values()];
  }

  /** A cluster that no Secret registers, with the environment and region of its labels. */
  place(cluster: ClusterEntry): ClusterEntry {
    return {
      ...cluster,
      region: firstOf(cluster.labels, this.keys.region),
      environment: firstOf(cluster.labels, this.keys.environment),
    };
  }

  /** Whether a Secret registers the cluster with this id. */
  isRegistered(id: string): boolean {
    return this.#byName.has(id.slice(this.hub.length + 1));
  }

  /** The cluster of a destination. The same destination always gives the same entry. */
  resolve({ name, server }: Destination): ClusterEntry {
    const found =
      (name ? this.#byName.get(name) : undefined) ??
      (server ? this.#byServer.get(normalizeServer(server)) : undefined);
    if (found) return found;
    const inCluster =
      name === IN_CLUSTER_NAME ||
      (!name && server && normalizeServer(server) === IN_CLUSTER_SERVER);
    if (inCluster) {
      return (
        this.#byServer.get(IN_CLUSTER_SERVER) ??
        this.#missing(IN_CLUSTER_NAME, IN_CLUSTER_SERVER, 'in-cluster')
      );
    }
    return this.#missing(name || server || 'unknown', server ?? '', 'spoke');
  }

  /** Tells of which destinations the cluster is another than by an earlier index, or has something new about it. */
  differenceTo(before: ClusterIndex): (destination: Destination) => boolean {
    const changed = new Set<string>();
    for (const { id, name } of [...before.registered, ...this.registered]) {
      const next = this.#byName.get(name);
      if (!next || !sameNews(before.#byName.get(name), next)) changed.add(id);
    }
    return destination => {
      const was = before.resolve(destination);
      const is = this.resolve(destination);
      return (
        was.id !== is.id ||
        before.#registers(was) !== this.#registers(is) ||
        changed.has(is.id)
      );
    };
  }

  /** Whether an entry is of a Secret, and not of a destination that none registers. Both may have one name. */
  #registers(entry: ClusterEntry): boolean {
    return this.#byName.get(entry.name) === entry;
  }

  #missing(
    name: string,
    server: string,
    kind: ClusterEntry['kind'],
  ): ClusterEntry {
    let entry = this.#unregistered.get(name);
    if (!entry) {
      entry = {
        id: clusterId(this.hub, name),
        hub: this.hub,
        name,
        server,
        kind,
        labels: {},
        annotations: {},
      };
      this.#unregistered.set(name, entry);
    }
    return entry;
  }
}

/** The id of a cluster of a hub. */
export function clusterId(hub: string, name: string): string {
  return `${hub}/${name}`;
}

/**
 * Columns in the order that people look for them: by region, environment and name; what has no region comes last.
 */
export function compareClusters(a: ClusterEntry, b: ClusterEntry): number {
  return (
    compareOptional(a.region, b.region) ||
    compareOptional(a.environment, b.environment) ||
    compareText(a.name, b.name) ||
    compareText(a.hub, b.hub)
  );
}

function registered(
  hub: string,
  { metadata, spec, status }: KubernetesObject,
  keys: ClusterLabelKeys,
): ClusterEntry {
  const labels = metadata.labels ?? {};
  return {
    id: clusterId(hub, spec.name),
    hub,
    name: spec.name,
    server: spec.server,
    kind:
      normalizeServer(spec.server) === IN_CLUSTER_SERVER
        ? 'in-cluster'
        : 'spoke',
    project: spec.project,
    region: firstOf(labels, keys.region),
    environment: firstOf(labels, keys.environment),
    labels,
    annotations: metadata.annotations ?? {},
    kubernetesVersion: status?.serverVersion ?? firstOf(labels, VERSION_LABELS),
    connection: readConnection(status?.connection),
  };
}

function readConnection(connection: any): ClusterConnection | undefined {
  if (!connection) return undefined;
  const { status } = connection;
  return {
    ...connection,
    status: status === 'Successful' || status === 'Failed' ? status : 'Unknown',
  };
}

function firstOf(
  labels: Record<string, string>,
  keys: string[],
): string | undefined {
  for (const key of keys) if (labels[key]) return labels[key];
  return undefined;
}

function normalizeServer(server: string): string {
  // Most have none, and every Application is asked where it goes whenever a cluster changes.
  return server.endsWith('/') ? server.replace(/\/+$/, '') : server;
}

function compareOptional(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return compareText(a, b);
}

/** By code units: the same order on every machine. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
