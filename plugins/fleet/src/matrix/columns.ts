import { Cluster } from '@backstage-fleet/plugin-fleet-common';

/** A column of the matrix: a cluster, or all clusters of a collapsed region. */
export type MatrixColumn =
  | { type: 'cluster'; key: string; region: string; cluster: number }
  | { type: 'region'; key: string; region: string; clusters: number[] };

/** Neighbouring columns of one region on the same hub. */
export interface MatrixRegion {
  /** `region@hub`: the same region on two hubs is two groups, as their freshness differs. */
  key: string;
  /** Empty where the clusters say none. */
  region: string;
  hub: string;
  collapsed: boolean;
  /** Positions of its clusters. */
  clusters: number[];
  /** Its first column and how many it has. */
  start: number;
  length: number;
}

/** The usual order of promotion; other environments follow by name. */
const ENVIRONMENT_ORDER = [
  'dev',
  'development',
  'test',
  'qa',
  'staging',
  'stage',
  'preprod',
  'prod',
  'production',
];

/**
 * The columns to show, grouped by region and hub, within them by environment in the order of promotion, then by name.
 * Regions keep the order of the axis; clusters without a region come last.
 *
 * @param visible - positions of the clusters to show
 */
export function matrixColumns(
  clusters: Cluster[],
  visible: number[],
  collapsed: ReadonlySet<string>,
): { columns: MatrixColumn[]; regions: MatrixRegion[] } {
  const groups = new Map<string, number[]>();
  for (const at of visible) {
    const key = `${clusters[at].region ?? ''}@${clusters[at].hub}`;
    groups.set(key, [...(groups.get(key) ?? []), at]);
  }
  const columns: MatrixColumn[] = [];
  const regions: MatrixRegion[] = [];
  const ordered = [...groups].sort(
    ([a], [b]) => Number(a.startsWith('@')) - Number(b.startsWith('@')),
  );
  for (const [key, members] of ordered) {
    const { region = '', hub } = clusters[members[0]];
    const sorted = members.sort((a, b) =>
      compareClusters(clusters[a], clusters[b]),
    );
    const start = columns.length;
    if (collapsed.has(key)) {
      columns.push({ type: 'region', key, region: key, clusters: sorted });
    } else {
      sorted.forEach(at =>
        columns.push({
          type: 'cluster',
          key: clusters[at].id,
          region: key,
          cluster: at,
        }),
      );
    }
    regions.push({
      key,
      region,
      hub,
      collapsed: collapsed.has(key),
      clusters: sorted,
      start,
      length: columns.length - start,
    });
  }
  return { columns, regions };
}

/** Orders environments as they are promoted; unknown ones by name, after the known. */
export function compareEnvironments(a = '', b = ''): number {
  return rank(a) - rank(b) || a.localeCompare(b);
}

/** Whether an environment is where customers are. */
export function isProduction(environment: string | undefined): boolean {
  return environment !== undefined && /^prod(uction)?$/i.test(environment);
}

/**
 * What the head of a cluster's column says: its environment and kind, and its name where these do not tell it from
 * the others of its region.
 */
export function columnHead(
  clusters: Cluster[],
  members: number[],
  at: number,
): { title: string; name?: string } {
  const { environment, name } = clusters[at];
  if (!environment) {
    return { title: name };
  }
  const same = members.filter(
    other => clusters[other].environment === environment,
  );
  if (same.length === 1) {
    return { title: environment };
  }
  const short = same.map(other => distinctPart(clusters[other]));
  return {
    title: environment,
    name:
      new Set(short).size === same.length ? distinctPart(clusters[at]) : name,
  };
}

/** A cluster's name without its region and environment, as far as something remains. */
function distinctPart(cluster: Cluster): string {
  const rest = [cluster.region, cluster.environment]
    .filter((part): part is string => Boolean(part))
    .reduce((text, part) => text.replace(part, ''), cluster.name)
    .replace(/^[-_.]+|[-_.]+$/g, '')
    .replace(/[-_.]{2,}/g, '-');
  return rest || cluster.name;
}

function compareClusters(a: Cluster, b: Cluster): number {
  return (
    compareEnvironments(a.environment, b.environment) ||
    a.name.localeCompare(b.name)
  );
}

function rank(environment: string): number {
  const at = ENVIRONMENT_ORDER.indexOf(environment.toLocaleLowerCase());
  return at < 0 ? ENVIRONMENT_ORDER.length : at;
}
