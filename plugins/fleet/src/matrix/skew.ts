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

/** Ranks the versions of each service. What runs counts; what shall run only where nothing tells what runs. */
export function skewOf(matrix: FleetMatrix, days?: SkewDays): Skew {
  const columns = matrix.clusters.length;
  const skew: Skew = {
    versions: new Int16Array(matrix.state.length).fill(-1),
    days: new Int16Array(matrix.state.length).fill(-1),
  };
  for (let row = 0; row < matrix.services.length; row++) {
    const places = new Map<number, string>();
    for (let column = 0; column < columns; column++) {
      const version = versionAt(matrix, row * columns + column);
      if (version !== undefined) {
        places.set(column, version);
      }
    }
    const behind = versionsBehind(places.values());
    const worst = new Map<string, number>();
    for (const [column, version] of places) {
      const count = behind.get(version) ?? -1;
      const group = groupOf(matrix, column);
      skew.versions[row * columns + column] = count;
      worst.set(group, Math.max(worst.get(group) ?? -1, count));
    }
    const known = days?.get(matrix.services[row].name);
    for (const column of known ? places.keys() : []) {
      const at = row * columns + column;
      const group = groupOf(matrix, column);
      // The days are those of the oldest of a region and environment; of the others nothing is known.
      if (skew.versions[at] > 0 && skew.versions[at] === worst.get(group)) {
        skew.days[at] = known!.get(group) ?? -1;
      }
    }
  }
  return skew;
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

function versionAt(matrix: FleetMatrix, at: number): string | undefined {
  return matrix.state[at] < 0
    ? undefined
    : matrix.versions[matrix.running[at]] ??
        matrix.versions[matrix.desired[at]];
}

function groupOf(matrix: FleetMatrix, column: number): string {
  return keyOf(matrix.clusters[column]);
}

function keyOf(place: { region?: string; environment?: string }): string {
  return `${place.region ?? ''}\n${place.environment ?? ''}`;
}
