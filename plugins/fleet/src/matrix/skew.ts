import { MatrixRollups } from '@backstage-fleet/plugin-fleet-common';
import { FleetMatrix } from './matrix';
import { versionsBehind } from './versions';

/** How far deployments are behind the newest release of their service that runs anywhere. */
export interface Skew {
  /**
   * By how many versions, one entry per pair as in {@link FleetMatrix}; -1 where nothing runs, or its version cannot be
   * ranked.
   */
  versions: Int16Array;
  /** In days between the commits, one entry per pair; -1 where that is not known. */
  days: Int16Array;
}

/** What one cell, or the worst of several, says of skew. */
export interface Behind {
  versions: number;
  days?: number;
}

/** The versions of a matrix, ranked. */
export interface RankedMatrix {
  matrix: FleetMatrix;
  versions: Skew['versions'];
}

/**
 * Ranks the versions of each service. What runs counts; what shall run only where nothing tells what runs. It reads the
 * arrays directly: a fleet can have half a million pairs.
 *
 * @param before - what was ranked last, whose rows are ranked again only where they changed
 * @returns the array of `before` where no pair is further behind or less
 */
export function skewVersions(
  matrix: FleetMatrix,
  before?: RankedMatrix,
): Int16Array {
  const columns = matrix.clusters.length;
  // Deltas keep the axes, and add to the versions only at the end.
  const kept =
    before?.matrix.services === matrix.services &&
    before.matrix.clusters === matrix.clusters
      ? before
      : undefined;
  const result =
    kept?.versions.slice() ?? new Int16Array(matrix.state.length).fill(-1);
  let differs = !kept;
  for (let row = 0; row < matrix.services.length; row++) {
    const start = row * columns;
    const end = start + columns;
    if (!kept || !sameVersions(kept.matrix, matrix, start, end)) {
      rankRow(matrix, start, end, result);
      differs ||= !sameEntries(kept!.versions, result, start, end);
    }
  }
  return kept && !differs ? kept.versions : result;
}

function rankRow(
  matrix: FleetMatrix,
  start: number,
  end: number,
  result: Int16Array,
) {
  const indexes = new Set<number>();
  for (let at = start; at < end; at++) {
    const index = versionIndexAt(matrix, at);
    if (index >= 0) {
      indexes.add(index);
    }
  }
  const behind = versionsBehind(
    [...indexes].map(index => matrix.versions[index]),
  );
  const counts = new Map(
    [...indexes].map(
      index => [index, behind.get(matrix.versions[index]) ?? -1] as const,
    ),
  );
  for (let at = start; at < end; at++) {
    const index = versionIndexAt(matrix, at);
    result[at] = index < 0 ? -1 : counts.get(index)!;
  }
}

/** The days of the pairs that are the furthest behind in their region and environment: of the others nothing is known. */
export function skewDays(
  matrix: Pick<FleetMatrix, 'services' | 'clusters'>,
  versions: Int16Array,
  days: SkewDays | undefined,
): Int16Array {
  const columns = matrix.clusters.length;
  const result = new Int16Array(versions.length).fill(-1);
  if (!days) {
    return result;
  }
  const keys = [...new Set(matrix.clusters.map(keyOf))];
  const groups = matrix.clusters.map(cluster => keys.indexOf(keyOf(cluster)));
  const worst = new Int16Array(keys.length);
  matrix.services.forEach(({ name }, row) => {
    const known = days.get(name);
    if (!known) {
      return;
    }
    const start = row * columns;
    worst.fill(-1);
    for (let column = 0; column < columns; column++) {
      const group = groups[column];
      worst[group] = Math.max(worst[group], versions[start + column]);
    }
    const daysOf = keys.map(key => known.get(key) ?? -1);
    for (let column = 0; column < columns; column++) {
      const count = versions[start + column];
      const group = groups[column];
      if (count > 0 && count === worst[group]) {
        result[start + column] = daysOf[group];
      }
    }
  });
  return result;
}

/** Days behind, by service and then by region and environment. */
export type SkewDays = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Reads the days out of the roll-ups of an answer, whose rows are `services`. */
export function daysOfRollups(
  rollups: MatrixRollups,
  services: Array<{ name: string }>,
): SkewDays {
  const days = new Map<string, Map<string, number>>();
  rollups.row.forEach((row, at) => {
    const name = services[row]?.name;
    const group = rollups.groups[rollups.group[at]];
    if (name === undefined || !group || !(rollups.daysBehind[at] >= 0)) {
      return;
    }
    const byGroup = days.get(name) ?? new Map<string, number>();
    byGroup.set(keyOf(group), rollups.daysBehind[at]);
    days.set(name, byGroup);
  });
  return days;
}

/** What a pair says, `undefined` where it is not behind. */
export function behindAt(
  matrix: FleetMatrix,
  skew: Skew,
  row: number,
  column: number,
): Behind | undefined {
  const at = row * matrix.clusters.length + column;
  const versions = skew.versions[at] ?? -1;
  if (versions <= 0) {
    return undefined;
  }
  return skew.days[at] >= 0 ? { versions, days: skew.days[at] } : { versions };
}

/** The largest skew among pairs of services and clusters, `undefined` where none is behind. */
export function largestSkew(
  matrix: FleetMatrix,
  skew: Skew,
  rows: number[],
  columns: number[],
): Behind | undefined {
  let versions = 0;
  let days = -1;
  for (const row of rows) {
    for (const column of columns) {
      const at = row * matrix.clusters.length + column;
      versions = Math.max(versions, skew.versions[at]);
      days = Math.max(days, skew.days[at]);
    }
  }
  if (versions <= 0) {
    return undefined;
  }
  return days >= 0 ? { versions, days } : { versions };
}

/** Index of the version that counts, -1 where there is none. */
function versionIndexAt(matrix: FleetMatrix, at: number): number {
  if (matrix.state[at] < 0) {
    return -1;
  }
  return matrix.running[at] >= 0 ? matrix.running[at] : matrix.desired[at];
}

function sameVersions(
  before: FleetMatrix,
  after: FleetMatrix,
  start: number,
  end: number,
): boolean {
  for (let at = start; at < end; at++) {
    if (versionIndexAt(before, at) !== versionIndexAt(after, at)) {
      return false;
    }
  }
  return true;
}

function sameEntries(
  before: Int16Array,
  after: Int16Array,
  start: number,
  end: number,
): boolean {
  for (let at = start; at < end; at++) {
    if (before[at] !== after[at]) {
      return false;
    }
  }
  return true;
}

function keyOf(place: { region?: string; environment?: string }): string {
  return `${place.region ?? ''}\n${place.environment ?? ''}`;
}
