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

/**
 * Ranks the versions of each service. What runs counts; what shall run only where nothing tells what runs. It reads the
 * arrays directly: a fleet can have half a million pairs.
 */
export function skewVersions(matrix: FleetMatrix): Int16Array {
  const columns = matrix.clusters.length;
  const result = new Int16Array(matrix.state.length).fill(-1);
  for (let row = 0; row < matrix.services.length; row++) {
    const indexes = new Set<number>();
    for (let at = row * columns; at < (row + 1) * columns; at++) {
      const index = versionIndexAt(matrix, at);
      if (index !== undefined) {
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
    for (let at = row * columns; at < (row + 1) * columns; at++) {
      const index = versionIndexAt(matrix, at);
      if (index !== undefined) {
        result[at] = counts.get(index)!;
      }
    }
  }
  return result;
}

/** The days of the pairs that are the furthest behind in their region and environment: of the others nothing is known. */
export function skewDays(
  matrix: FleetMatrix,
  versions: Int16Array,
  days: SkewDays | undefined,
): Int16Array {
  const columns = matrix.clusters.length;
  const result = new Int16Array(versions.length).fill(-1);
  if (!days) {
    return result;
  }
  const groups = matrix.clusters.map(keyOf);
  matrix.services.forEach(({ name }, row) => {
    const known = days.get(name);
    if (!known) {
      return;
    }
    const worst = new Map<string, number>();
    groups.forEach((group, column) => {
      const count = versions[row * columns + column];
      worst.set(group, Math.max(worst.get(group) ?? -1, count));
    });
    groups.forEach((group, column) => {
      const at = row * columns + column;
      if (versions[at] > 0 && versions[at] === worst.get(group)) {
        result[at] = known.get(group) ?? -1;
      }
    });
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

function versionIndexAt(matrix: FleetMatrix, at: number): number | undefined {
  if (matrix.state[at] < 0) {
    return undefined;
  }
  const index =
    matrix.running[at] >= 0 ? matrix.running[at] : matrix.desired[at];
  return index >= 0 ? index : undefined;
}

function keyOf(place: { region?: string; environment?: string }): string {
  return `${place.region ?? ''}\n${place.environment ?? ''}`;
}
