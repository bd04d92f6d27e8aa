import { Config, ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { inClusterConfig, MOUNTED_TOKEN_FILE } from './inCluster';

/** A cluster of the Kubernetes plugin, with what it takes to reach it as an entry of `fleet.hubs` would say it. */
interface PluginCluster {
  name: string;
  connection: JsonObject;
  /** How the Kubernetes plugin signs in where we cannot do the same. */
  foreignProvider?: string;
}

/** Providers that sign in as the person in front of the browser; there is none when a hub is watched. */
const NEEDS_A_PERSON = new Set(['aks', 'google', 'oidc']);

/**
 * The entries of `fleet.hubs`, each with everything that it takes from elsewhere:
 *
 * - `kubernetesCluster: name` takes address, certificates and token from the cluster with this name in
 *   `kubernetes.clusterLocatorMethods`. Where we cannot sign in to it, or where it is only known at run time (`catalog`,
 *   `gke` or a supplier of a module), requests go through the Kubernetes plugin's proxy;
 * - `inCluster: true` takes them from the pod that Backstage runs in;
 * - `fleet.hubsFromKubernetesPlugin: true` makes a hub of each cluster of the Kubernetes plugin that no entry names.
 *
 * What an entry says itself wins.
 */
export function readHubEntries(config: Config): Config[] {
  const entries = config.getOptionalConfigArray('fleet.hubs') ?? [];
  const clusters = readPluginClusters(config);
  const foundAtRunTime = locatesAtRunTime(config);
  const named = new Set<string>();

  const own = entries.map(entry => {
    const id = entry.getString('id');
    const clusterName = entry.getOptionalString('kubernetesCluster');
    if (clusterName !== undefined) named.add(clusterName);
    return new ConfigReader({
      ...(entry.getOptionalBoolean('inCluster') ? inClusterConfig(id) : {}),
      ...(clusterName === undefined
        ? {}
        : pluginConnection(id, clusterName, {
            clusters,
            foundAtRunTime,
            entry,
          })),
      ...entry.get<JsonObject>(),
    });
  });
  if (!config.getOptionalBoolean('fleet.hubsFromKubernetesPlugin')) return own;

  const others = clusters
    .filter(({ name }) => !named.has(name))
    .map(({ name }) => {
      const id = hubIdOf(name);
      const entry = new ConfigReader({ id });
      return new ConfigReader({
        title: name,
        ...pluginConnection(id, name, { clusters, foundAtRunTime, entry }),
        id,
      });
    });
  return [...own, ...others];
}

function pluginConnection(
  id: string,
  name: string,
  {
    clusters,
    foundAtRunTime,
    entry,
  }: { clusters: PluginCluster[]; foundAtRunTime: boolean; entry: Config },
): JsonObject {
  const proxied = { kubernetesProxy: true, kubernetesCluster: name };
  const asked = entry.getOptionalBoolean('kubernetesProxy');
  const cluster = clusters.find(candidate => candidate.name === name);
  if (!cluster) {
    // Whether there is such a cluster is known when it is asked.
    if (asked ?? foundAtRunTime) return { title: name, ...proxied };
    throw new InputError(
      `fleet.hubs: \`kubernetesCluster\` of hub ${id} is '${name}'; kubernetes.clusterLocatorMethods lists ${
        clusters.map(candidate => candidate.name).join(', ') || 'no clusters'
      }.`,
    );
  }
  const { connection, foreignProvider } = cluster;
  const signsIn = ['token', 'tokenFile', 'certData', 'certFile'].some(key =>
    entry.has(key),
  );
  const isForeign = foreignProvider !== undefined && !signsIn;
  if (isForeign && (NEEDS_A_PERSON.has(foreignProvider) || asked === false)) {
    throw new InputError(
      `fleet.hubs: hub ${id}: the Kubernetes plugin signs in to cluster ${name} with '${foreignProvider}', which ${
        asked === false ? 'only its proxy can' : 'needs a user'
      }. Give the hub a \`token\` or \`tokenFile\` of its own.`,
    );
  }
  return asked ?? isForeign ? { ...connection, ...proxied } : connection;
}

/** Whether the Kubernetes plugin may have clusters that its configuration does not list. */
function locatesAtRunTime(config: Config): boolean {
  const methods =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  return methods.some(
    method =>
      !['config', 'localKubectlProxy'].includes(
        method.getOptionalString('type') ?? '',
      ),
  );
}

/**
 * The clusters that the configuration lists for the Kubernetes plugin.
 *
 * Source: `ConfigClusterLocator` and `LocalKubectlProxyLocator` of `@backstage/plugin-kubernetes-backend`.
 */
function readPluginClusters(config: Config): PluginCluster[] {
  const methods =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  return methods.flatMap(method => {
    switch (method.getOptionalString('type')) {
      case 'localKubectlProxy':
        return [
          { name: 'local', connection: { url: 'http://localhost:8001' } },
        ];
      case 'config':
        return (method.getOptionalConfigArray('clusters') ?? []).map(
          readPluginCluster,
        );
      default:
        return [];
    }
  });
}

function readPluginCluster(cluster: Config): PluginCluster {
  const name = cluster.getString('name');
  const provider =
    cluster.getOptionalString('authProvider') ??
    cluster.getOptional<Record<string, string>>('authMetadata')?.[
      'kubernetes.io/auth-provider'
    ];
  const token = cluster.getOptionalString('serviceAccountToken');
  const connection: JsonObject = {
    title: cluster.getOptionalString('title') ?? name,
    url: cluster.getString('url'),
  };
  for (const key of ['caData', 'caFile', 'skipTLSVerify']) {
    const value = cluster.getOptional(key);
    if (value !== undefined) connection[key] = value;
  }
  if (token) connection.token = token;
  // Without a token the plugin uses the service account of its own pod.
  else if (provider === 'serviceAccount') {
    connection.tokenFile = MOUNTED_TOKEN_FILE;
  }
  return {
    name,
    connection,
    foreignProvider: provider === 'serviceAccount' ? undefined : provider,
  };
}

/** Names of clusters may have characters that ids of hubs cannot. */
function hubIdOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
}
