import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import {
  isClusterSecret,
  toClusterRecord,
} from '../controllers/clusterSecrets';
import { type ObjectStore, secrets } from '../objects';
import type { Clusters } from '../spokes';

/** Names the cluster that an object is the claim of, where that is not the object's own name. */
export const CLUSTER_ANNOTATION = 'fleet/cluster';
const SECRET_TYPE_LABEL = 'argocd.argoproj.io/secret-type';
/** Labels of a Cluster API cluster that its Secret gets too. Source: capi2argo-cluster-operator. */
const TAKEN_ALONG = 'take-along-label.capi-to-argocd.';

/** The name under which the hub knows the cluster that an object makes. */
export function clusterNameOf(object: KubernetesObject): string {
  return (
    object.metadata.annotations?.[CLUSTER_ANNOTATION] ?? object.metadata.name
  );
}

/**
 * Connects what is provisioned with what Applications are synced to: a cluster can be reached when it is ready, and the
 * hub's Argo CD knows it by a cluster Secret.
 */
export class Registrar {
  readonly #store: ObjectStore;
  readonly #clusters: Clusters;
  readonly #namespace: string;
  readonly #domain: string;
  /** Clusters that are ready, with what they were made from. */
  readonly #ready = new Map<string, KubernetesObject>();

  constructor(options: {
    store: ObjectStore;
    clusters: Clusters;
    /** Where cluster Secrets are. */
    namespace: string;
    /** Clusters that no Secret names yet get an address in it. */
    domain: string;
  }) {
    this.#store = options.store;
    this.#clusters = options.clusters;
    this.#namespace = options.namespace;
    this.#domain = options.domain;
  }

  /** Completes Secrets that come after their cluster; returns a function that ends this. */
  start(): () => void {
    return this.#store.watch(secrets, {}, ({ type, object }) => {
      if (type === 'DELETED' || !isClusterSecret(object)) return;
      const { name, server } = toClusterRecord(object);
      const cluster = name || object.metadata.name;
      const claim = this.#ready.get(cluster);
      if (claim && !server) this.ready(cluster, claim);
    });
  }

  /** Address of the cluster's API: the one of its Secret where that has one. */
  server(cluster: string): string {
    const secret = this.#secret(cluster);
    const named = secret && toClusterRecord(secret).server;
    return named || `https://${cluster}.${this.#domain}:6443`;
  }

  host(cluster: string): { host: string; port: number } {
    const url = new URL(this.server(cluster));
    return { host: url.hostname, port: Number(url.port || 443) };
  }

  isReady(cluster: string): boolean {
    return this.#ready.has(cluster);
  }

  /** The cluster is being made, or is gone: nothing can be synced to it. */
  unreachable(cluster: string): void {
    this.#clusters.setReachable(this.server(cluster), false);
  }

  /** The cluster is ready: registers it, or completes the Secret that Git has for it. */
  ready(cluster: string, claim: KubernetesObject): void {
    const server = this.server(cluster);
    this.#ready.set(cluster, claim);
    this.#register(cluster, server, claim);
    this.#clusters.setReachable(server, true);
  }

  /** The cluster is deleted with all that ran on it. A Secret that was made for it goes too; one from Git is Git's. */
  gone(cluster: string): void {
    this.#ready.delete(cluster);
    this.#clusters.destroy(this.server(cluster));
    const secret = this.#secret(cluster);
    if (secret?.metadata.labels?.['capi-to-argocd/owned'] === 'true') {
      this.#store.remove(secrets, secret.metadata);
    }
  }

  #secret(cluster: string): KubernetesObject | undefined {
    return this.#store
      .list(secrets, { namespace: this.#namespace })
      .items.find(
        secret =>
          isClusterSecret(secret) &&
          (toClusterRecord(secret).name === cluster ||
            secret.metadata.name === cluster),
      );
  }

  #register(cluster: string, server: string, claim: KubernetesObject) {
    const secret = this.#secret(cluster);
    if (!secret) {
      this.#create(cluster, server, claim);
      return;
    }
    if (toClusterRecord(secret).server) return;
    this.#store.mergePatch(secrets, secret.metadata, {
      stringData: { name: toClusterRecord(secret).name || cluster, server },
    });
  }

  /** As capi2argo does it for clusters that nobody registered. */
  #create(cluster: string, server: string, claim: KubernetesObject) {
    const labels = Object.fromEntries(
      Object.entries(claim.metadata.labels ?? {}).flatMap(([key, value]) =>
        key.startsWith(TAKEN_ALONG)
          ? [[key.slice(TAKEN_ALONG.length), value]]
          : [],
      ),
    );
    this.#store.create(secrets, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: `cluster-${cluster}`,
        namespace: this.#namespace,
        labels: {
          ...labels,
          [SECRET_TYPE_LABEL]: 'cluster',
          'capi-to-argocd/owned': 'true',
          'capi-to-argocd/cluster-namespace': claim.metadata.namespace ?? '',
          'capi-to-argocd/cluster-secret-name': `${claim.metadata.name}-kubeconfig`,
        },
      },
      stringData: {
        name: cluster,
        server,
        config: JSON.stringify({ tlsClientConfig: { insecure: false } }),
      },
    });
  }
}
