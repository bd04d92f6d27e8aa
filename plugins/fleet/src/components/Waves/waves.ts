import { Cluster, ClusterWaves } from '@backstage-fleet/plugin-fleet-common';

/** How a change reaches several clusters: together, by region, one by one, or in waves that somebody put together. */
export type Pace = 'once' | 'region' | 'each' | 'own';

/** What the fields say of waves. It may speak of clusters and regions that are no longer meant: they are passed over. */
export interface WaveChoice {
  pace: Pace;
  /** Regions in the order of their waves. Others follow by name. */
  regions: string[];
  /** The wave of a cluster by its name, from 1. Clusters without one are in the first. */
  numbers: Readonly<Record<string, number>>;
}

/** A cluster that a change reaches. */
export type WaveCluster = Pick<Cluster, 'name' | 'region'>;

/** All together, which is where every dialog starts. */
export const AT_ONCE: WaveChoice = { pace: 'once', regions: [], numbers: {} };

/** The regions of the clusters: first those that have a place, in their order, then the others by name. */
export function regionsInOrder(
  clusters: WaveCluster[],
  order: string[],
): string[] {
  const found = [...new Set(clusters.flatMap(({ region }) => region ?? []))];
  const others = found.filter(region => !order.includes(region));
  return [
    ...order.filter(region => found.includes(region)),
    ...others.sort((a, b) => a.localeCompare(b)),
  ];
}

/** The wave that a cluster was given, from 1. */
export function numberOf(choice: WaveChoice, cluster: string): number {
  return choice.numbers[cluster] ?? 1;
}

/** The waves that a cluster can be put in: every one in use and the next, at most as many as there are clusters. */
export function numbersOnOffer(
  choice: WaveChoice,
  clusters: WaveCluster[],
): number[] {
  const used = clusters.map(({ name }) => numberOf(choice, name));
  const highest = Math.max(1, ...used);
  const length = Math.max(highest, Math.min(highest + 1, clusters.length));
  return Array.from({ length }, (_, at) => at + 1);
}

/** The waves of an intent, `undefined` where everything goes at once: waves of one have nothing to wait for. */
export function wavesOf(
  choice: WaveChoice,
  clusters: WaveCluster[],
): ClusterWaves | undefined {
  const names = [...new Set(clusters.map(({ name }) => name))];
  if (choice.pace === 'region') {
    const order = regionsInOrder(clusters, choice.regions);
    return order.length > 1 ? { by: 'region', order } : undefined;
  }
  const lists: Record<Exclude<Pace, 'region'>, string[][]> = {
    once: [],
    each: names.map(name => [name]),
    own: numbersOnOffer(choice, clusters)
      .map(number => names.filter(name => numberOf(choice, name) === number))
      .filter(wave => wave.length > 0),
  };
  const waves = lists[choice.pace];
  return waves.length > 1 ? { by: 'list', clusters: waves } : undefined;
}
