import { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import {
  Cluster,
  uniqueClusterNames,
} from '@backstage-fleet/plugin-fleet-common';
import { AccessRule } from './config';
import { FleetAnswer } from './FleetClusters';

/** Clusters as the Kubernetes plugin wants them, and why others are left out. */
export interface Reachable {
  details: ClusterDetails[];
  problems: string[];
}

/**
 * The clusters that a rule selects, with what the first such rule says. Of the cluster itself only its name, address, hub
 * and labels are used.
 */
export function clusterDetails(
  answer: FleetAnswer,
  rules: AccessRule[],
): Reachable {
  const names = uniqueClusterNames(answer.clusters);
  const result: Reachable = { details: [], problems: [] };
  for (const cluster of answer.clusters) {
    const rule = rules.find((_, at) => answer.selected[at]?.has(cluster.id));
    if (!rule) continue;
    try {
      const name = names.get(cluster.id) ?? cluster.name;
      result.details.push(detailsOf(cluster, name, rule, answer.hubs));
    } catch (error) {
      result.problems.push(
        `${cluster.id} is left out: ${(error as Error).message}`,
      );
    }
  }
  return result;
}

function detailsOf(
  cluster: Cluster,
  name: string,
  rule: AccessRule,
  hubs: Map<string, string>,
): ClusterDetails {
  const fill = (text: string) => filled(text, cluster);
  return {
    name,
    url: addressOf(cluster, rule.url && fill(rule.url), hubs),
    authMetadata: Object.fromEntries(
      Object.entries(rule.authMetadata).map(([key, value]) => [
        key,
        fill(value),
      ]),
    ),
    skipTLSVerify: rule.skipTLSVerify,
    skipMetricsLookup: rule.skipMetricsLookup,
    caData: rule.caData,
    caFile: rule.caFile,
    ...(rule.dashboardUrl && { dashboardUrl: fill(rule.dashboardUrl) }),
    ...(rule.dashboardApp && { dashboardApp: rule.dashboardApp }),
  };
}

/**
 * Where a cluster's API is. Credentials go there, so an address that comes from a registration must be encrypted; one that
 * is configured may be anything.
 */
function addressOf(
  cluster: Cluster,
  configured: string | undefined,
  hubs: Map<string, string>,
): string {
  if (configured) return configured;
  // Argo CD knows its own cluster by an address that is good inside it only.
  if (cluster.kind === 'in-cluster') {
    const url = hubs.get(cluster.hub);
    if (url) return url;
    throw new Error(
      `the address of the hub is not known. Name it with 'url' in kubernetes.fleet.clusters.`,
    );
  }
  if (!/^https:\/\//i.test(cluster.server)) {
    throw new Error(
      `it is registered with '${cluster.server}', which is no https address. Name another with 'url' in kubernetes.fleet.clusters.`,
    );
  }
  return cluster.server;
}

/** Puts a cluster's name, hub and labels where `{…}` stands for them. */
function filled(text: string, cluster: Cluster): string {
  return text.replace(/\{(cluster|hub|labels\.[^{}]+)\}/g, (_, name) => {
    if (name === 'cluster') return cluster.name;
    if (name === 'hub') return cluster.hub;
    const label = name.slice('labels.'.length);
    const value = cluster.labels[label];
    if (value === undefined) {
      throw new Error(`it has no label '${label}', which '${text}' needs.`);
    }
    return value;
  });
}
