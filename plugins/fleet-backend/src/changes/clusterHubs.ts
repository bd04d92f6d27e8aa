import { IN_CLUSTER_SERVER } from '@backstage-fleet/plugin-fleet-common';
import { InputError } from '@backstage/errors';
import type { TypedIntent } from '@backstage-fleet/plugin-fleet-common';
import type { RepositoryConfig } from '../git';
import { namedClusters } from './namedClusters';
import type { FleetView } from './types';

/** An intent in whose files clusters have no hub, and the hubs that it named. */
export interface PlainIntent {
  intent: TypedIntent;
  /** The hub that was named with a cluster, by `hub/cluster`. */
  hubs: ReadonlyMap<string, { hub: string; cluster: string }>;
}

/**
 * Takes the hubs out of an intent's clusters: `hub/cluster` is the cluster of that hub, as Argo CD there calls it.
 *
 * @remarks
 * Names of clusters may have a `/` themselves (ARNs, URLs). A name is taken for a hub's only where what is before its first `/` is
 * the id of a hub, and no cluster has the whole name.
 */
export function withoutHubs(
  intent: TypedIntent,
  configs: readonly RepositoryConfig[],
  view: FleetView | undefined,
): PlainIntent {
  const known = new Set(configs.flatMap(config => config.hubs));
  const hubs = new Map<string, { hub: string; cluster: string }>();
  for (const name of allNames(intent)) {
    const slash = name.indexOf('/');
    const hub = name.slice(0, slash);
    const cluster = name.slice(slash + 1);
    if (slash > 0 && cluster && known.has(hub) && !having(view, name).length)
      hubs.set(name, { hub, cluster });
  }
  return hubs.size === 0
    ? { intent, hubs }
    : {
        intent: renamed(intent, name => hubs.get(name)?.cluster ?? name),
        hubs,
      };
}

/**
 * Makes sure that each named cluster is one cluster of the repository.
 *
 * @throws `InputError` that names the hubs, where one is not the repository's, lacks the cluster, or several of the
 *   repository's hubs have one of its name: files name clusters without hubs
 */
export function checkClusters(
  { intent, hubs }: PlainIntent,
  config: RepositoryConfig,
  view: FleetView | undefined,
): void {
  for (const [name, { hub, cluster }] of hubs) {
    if (!config.hubs.includes(hub))
      throw new InputError(
        `\`${name}\`: repository ${
          config.id
        } is not one of hub ${hub}. It serves: ${
          config.hubs.join(', ') || 'none'
        }.`,
      );
    const elsewhere = having(view, cluster);
    if (elsewhere.length > 0 && !elsewhere.includes(hub))
      throw new InputError(
        `\`${name}\`: hub ${hub} has no cluster \`${cluster}\`. ${sentence(
          elsewhere,
        )} one.`,
      );
  }
  if (intent.kind === 'cluster.create') return;
  for (const cluster of namedClusters(intent)) {
    const found = having(view, cluster).filter(hub =>
      config.hubs.includes(hub),
    );
    if (found.length > 1 && !isOne(cluster, found, view))
      throw new InputError(
        `\`${cluster}\` is the name of clusters of several hubs: ${found.join(
          ', ',
        )}. Repository ${
          config.id
        } serves them all, and its files do not tell which is meant. Give the hubs a repository each, or one of the clusters another name.`,
      );
  }
}

/** Whether hubs know one and the same cluster by a name, as a pair of hubs does of which one stands by. */
function isOne(
  name: string,
  hubs: string[],
  view: FleetView | undefined,
): boolean {
  const servers = hubs.map(
    hub =>
      view?.hub([hub])?.clusters.find(cluster => cluster.name === name)?.server,
  );
  const [server] = servers;
  return (
    server !== undefined &&
    server !== IN_CLUSTER_SERVER &&
    servers.every(each => each === server)
  );
}

function having(view: FleetView | undefined, cluster: string): string[] {
  return view?.hubsOf?.('cluster', cluster) ?? [];
}

function sentence(hubs: string[]): string {
  return hubs.length === 1 ? `Hub ${hubs[0]} has` : `${hubs.join(', ')} have`;
}

interface Lists {
  clusters?: string[];
}

/** Those of waves too. */
function allNames(intent: TypedIntent): string[] {
  const { waves } = intent.parameters as { waves?: { clusters?: string[][] } };
  return [...namedClusters(intent), ...(waves?.clusters ?? []).flat()];
}

function renamed(
  intent: TypedIntent,
  rename: (name: string) => string,
): TypedIntent {
  if (intent.kind === 'cluster.create') return intent;
  const { cluster, clusters, on, to, waves } = intent.parameters as {
    cluster?: string;
    clusters?: string[];
    on?: Lists;
    to?: Lists;
    waves?: { clusters?: string[][] };
  };
  // Sorted, each once, as parsed intents have them.
  const all = (names: string[]) => [...new Set(names.map(rename))].sort();
  const inside = (lists: Lists) => ({
    ...lists,
    ...(lists.clusters && { clusters: all(lists.clusters) }),
  });
  return {
    ...intent,
    parameters: {
      ...intent.parameters,
      ...(cluster && { cluster: rename(cluster) }),
      ...(clusters && { clusters: all(clusters) }),
      ...(on && { on: inside(on) }),
      ...(to && { to: inside(to) }),
      ...(waves?.clusters && {
        waves: {
          ...waves,
          clusters: waves.clusters.map(wave => wave.map(rename)),
        },
      }),
    },
  } as TypedIntent;
}
