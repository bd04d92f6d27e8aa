import { Cluster } from '@backstage-fleet/plugin-fleet-common';

/** What clusters are chosen for. */
export type Purpose = 'deploy' | 'change' | 'remove';

/** Why a cluster cannot be chosen. */
export type Hindrance = 'hasIt' | 'lacksIt' | 'pet' | 'hubItself' | 'claimOnly';

/**
 * Why a cluster cannot be chosen, `undefined` where it can.
 *
 * @param running - ids of the clusters that run the service, where there is one and it is known
 */
export function hindranceOf(
  cluster: Cluster,
  purpose: Purpose,
  running: Set<string> | undefined,
): Hindrance | undefined {
  if (purpose === 'remove' && cluster.kind === 'in-cluster') return 'hubItself';
  if (purpose === 'change') {
    return running && !running.has(cluster.id) ? 'lacksIt' : undefined;
  }
  if (purpose === 'deploy' && running?.has(cluster.id)) return 'hasIt';
  // What no file declares cannot be chosen by an edit of files.
  if (cluster.declared === 'pet') {
    return cluster.registered === false ? 'claimOnly' : 'pet';
  }
  return undefined;
}

/** What narrows the list of clusters. */
export interface ClusterFilter {
  text: string;
  environment?: string;
  region?: string;
}

/** Whether a cluster is listed: its name or one of its labels, as `name=value`, contains the text. */
export function matches(cluster: Cluster, filter: ClusterFilter): boolean {
  const text = filter.text
    .trim()
    .toLowerCase()
    .replace(/\s*=\s*/, '=');
  return (
    (!filter.environment || cluster.environment === filter.environment) &&
    (!filter.region || cluster.region === filter.region) &&
    [
      cluster.name,
      ...Object.entries(cluster.labels).map(
        ([key, value]) => `${key}=${value}`,
      ),
    ].some(each => each.toLowerCase().includes(text))
  );
}

/** The values that clusters have for something, sorted, each once. */
export function valuesOf(
  clusters: Cluster[],
  key: 'environment' | 'region',
): string[] {
  const values = clusters.map(cluster => cluster[key]);
  return [...new Set(values)].filter(value => value !== undefined).sort();
}
