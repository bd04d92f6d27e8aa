import { Matrix } from '@backstage-fleet/plugin-fleet-common';
import {
  DEPLOYMENT_STATES,
  FRESHNESSES,
  FleetMatrix,
  HEALTHS,
  SYNCS,
} from './matrix';

// A state this page does not know yet must not read as "not deployed" or as healthy.
const unknownState = DEPLOYMENT_STATES.indexOf('unknown');
const staleFreshness = FRESHNESSES.indexOf('stale');

/** What a page has after an answer of `/matrix`. */
export interface AppliedMatrix {
  matrix: FleetMatrix;
  /** Entries (`row * columns + column`) that differ from before. Empty after a full answer: there is nothing to compare with. */
  changed: number[];
}

/**
 * Applies an answer of `/matrix` to what the page has. A full answer replaces everything; a delta changes the cells it
 * names and removes those in `removed`. The given matrix is not modified.
 *
 * @returns `undefined` where the delta does not fit what the page has (no matrix yet, or a pair outside the axes); the
 *   caller then asks for the full matrix.
 */
export function applyMatrixDelta(
  current: FleetMatrix | undefined,
  answer: Matrix,
): AppliedMatrix | undefined {
  if (answer.full) {
    const next = emptyMatrix(answer);
    // Entries are not noted: a whole fleet has hundreds of thousands, and nothing to compare them with.
    return write(next, answer, () => {})
      ? { matrix: next, changed: [] }
      : undefined;
  }
  if (!current) {
    return undefined;
  }
  if (answer.cells.row.length === 0 && answer.removed.length === 0) {
    return {
      matrix: { ...current, revision: answer.revision, hubs: answer.hubs },
      changed: [],
    };
  }
  const next: FleetMatrix = {
    ...current,
    revision: answer.revision,
    hubs: answer.hubs,
    versions: current.versions.slice(),
    state: current.state.slice(),
    health: current.health.slice(),
    sync: current.sync.slice(),
    running: current.running.slice(),
    desired: current.desired.slice(),
    since: current.since.slice(),
    freshness: current.freshness.slice(),
  };
  const touched = new Set<number>();
  if (!write(next, answer, at => touched.add(at))) {
    return undefined;
  }
  return {
    matrix: next,
    changed: [...touched].filter(at => differs(current, next, at)),
  };
}

function emptyMatrix(answer: Matrix): FleetMatrix {
  const size = answer.services.length * answer.clusters.length;
  return {
    revision: answer.revision,
    hubs: answer.hubs,
    services: answer.services,
    clusters: answer.clusters,
    versions: [],
    state: new Int8Array(size).fill(-1),
    health: new Int8Array(size).fill(-1),
    sync: new Int8Array(size).fill(-1),
    running: new Int32Array(size).fill(-1),
    desired: new Int32Array(size).fill(-1),
    since: new Float64Array(size),
    freshness: new Int8Array(size),
  };
}

/** Writes cells and removals, and tells the entries; false where a pair lies outside the axes. */
function write(
  matrix: FleetMatrix,
  answer: Matrix,
  onEntry: (at: number) => void,
): boolean {
  const { cells, removed } = answer;
  // The answer's tables may list the enums and the versions in another order than ours.
  const states = answer.states.map(name => {
    const known = DEPLOYMENT_STATES.indexOf(name);
    return known < 0 ? unknownState : known;
  });
  const healths = answer.healths.map(name => HEALTHS.indexOf(name));
  const syncs = answer.syncs.map(name => SYNCS.indexOf(name));
  const freshnesses = (answer.freshnesses ?? []).map(name => {
    const known = FRESHNESSES.indexOf(name);
    return known < 0 ? staleFreshness : known;
  });
  const versions = versionIndex(matrix, answer.versions);

  for (let i = 0; i + 1 < removed.length; i += 2) {
    const at = entry(matrix, removed[i], removed[i + 1]);
    if (at === undefined) {
      return false;
    }
    matrix.state[at] = -1;
    matrix.health[at] = -1;
    matrix.sync[at] = -1;
    matrix.running[at] = -1;
    matrix.desired[at] = -1;
    matrix.since[at] = 0;
    matrix.freshness[at] = 0;
    onEntry(at);
  }
  for (let i = 0; i < cells.row.length; i++) {
    const at = entry(matrix, cells.row[i], cells.column[i]);
    if (at === undefined) {
      return false;
    }
    matrix.state[at] = states[cells.state[i]] ?? unknownState;
    matrix.health[at] = healths[cells.health[i]] ?? -1;
    matrix.sync[at] = syncs[cells.sync[i]] ?? -1;
    matrix.running[at] = versions[cells.running[i]] ?? -1;
    matrix.desired[at] = versions[cells.desired[i]] ?? -1;
    matrix.since[at] = cells.since[i];
    // An answer without it tells of no other doubt than the hub's.
    matrix.freshness[at] = freshnesses[cells.freshness?.[i] ?? -1] ?? 0;
    onEntry(at);
  }
  return true;
}

function entry(
  matrix: FleetMatrix,
  row: number,
  column: number,
): number | undefined {
  if (
    !(row >= 0 && row < matrix.services.length) ||
    !(column >= 0 && column < matrix.clusters.length)
  ) {
    return undefined;
  }
  return row * matrix.clusters.length + column;
}

/** Adds the versions that are new and returns where each of the answer's versions is. */
function versionIndex(matrix: FleetMatrix, names: string[]): number[] {
  const known = new Map(matrix.versions.map((name, at) => [name, at]));
  return names.map(name => {
    let at = known.get(name);
    if (at === undefined) {
      at = matrix.versions.push(name) - 1;
      known.set(name, at);
    }
    return at;
  });
}

function differs(before: FleetMatrix, after: FleetMatrix, at: number): boolean {
  return (
    before.state[at] !== after.state[at] ||
    before.health[at] !== after.health[at] ||
    before.sync[at] !== after.sync[at] ||
    before.running[at] !== after.running[at] ||
    before.desired[at] !== after.desired[at] ||
    before.freshness[at] !== after.freshness[at]
  );
}
