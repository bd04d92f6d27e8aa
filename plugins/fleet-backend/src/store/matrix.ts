import {
  compareStates,
  DEPLOYMENT_STATES,
  HEALTHS,
  type HubStatus,
  type Matrix,
  type MatrixCells,
  SYNCS,
} from '@backstage-fleet/plugin-fleet-common';
import type { FleetStore } from './fleetStore';
import type { ApplicationRecord } from './records';
import { parseTime } from './time';
import { toCluster, toService } from './views';

/** Every freshness of a cell; the answer indexes this list. */
const FRESHNESSES: HubStatus[] = ['live', 'stale', 'unreachable'];

/** Writes cells into the arrays of the answer. */
class CellsBuilder {
  readonly cells = {
    row: [] as number[],
    column: [] as number[],
    state: [] as number[],
    health: [] as number[],
    sync: [] as number[],
    running: [] as number[],
    desired: [] as number[],
    since: [] as number[],
    freshness: [] as number[],
  } satisfies MatrixCells;
  readonly versions = new Map<string, number>();
  readonly #rows: ReadonlyMap<string, number>;
  readonly #columns: ReadonlyMap<string, number>;

  constructor(store: FleetStore) {
    const { rows, columns } = store.axes();
    this.#rows = rows;
    this.#columns = columns;
  }

  add(record: ApplicationRecord) {
    const { service, clusterId, state, running, versions } = record;
    const row = this.#rows.get(service ?? '');
    const column = this.#columns.get(clusterId);
    if (row === undefined || column === undefined) return;
    const { cells } = this;
    cells.row.push(row);
    cells.column.push(column);
    cells.state.push(DEPLOYMENT_STATES.indexOf(state.state));
    cells.health.push(HEALTHS.indexOf(state.health));
    cells.sync.push(SYNCS.indexOf(state.sync));
    cells.running.push(this.#version(running?.text));
    cells.desired.push(this.#version(versions.desired?.text));
    const since = parseTime(state.healthSince);
    cells.freshness.push(FRESHNESSES.indexOf(record.freshness));
    cells.since.push(since ? Math.floor(since.getTime() / 1000) : 0);
  }

  #version(text: string | undefined): number {
    if (text === undefined) return -1;
    let index = this.versions.get(text);
    if (index === undefined) {
      index = this.versions.size;
      this.versions.set(text, index);
    }
    return index;
  }
}

/**
 * Services by clusters, columnar: all of it, or what changed since a revision that the client has.
 *
 * A cell for which there are several Applications shows the worst of them.
 */
export function buildMatrix(store: FleetStore, since?: number): Matrix {
  const changed = since === undefined ? undefined : store.changedPairs(since);
  return changed ? buildDelta(store, changed) : buildFull(store);
}

function buildFull(store: FleetStore): Matrix {
  const { services, clusters } = store.axes();
  const cells = new CellsBuilder(store);
  const pairs = new Map<string, ApplicationRecord>();
  for (const record of store.applications()) {
    if (!record.service) continue;
    const key = `${record.service}\n${record.clusterId}`;
    const other = pairs.get(key);
    if (!other || isWorse(record, other)) pairs.set(key, record);
  }
  for (const record of pairs.values()) cells.add(record);
  return {
    ...frame(store, cells),
    full: true,
    services: services.map(name => toService(store, name)),
    clusters: clusters.map(cluster => toCluster(store, cluster)),
    removed: [],
  };
}

function buildDelta(
  store: FleetStore,
  changed: Array<[service: string, clusterId: string]>,
): Matrix {
  const { rows, columns } = store.axes();
  const cells = new CellsBuilder(store);
  const removed: number[] = [];
  for (const [service, clusterId] of changed) {
    const worst = worstOf(store.deployed(service, clusterId));
    if (worst) {
      cells.add(worst);
      continue;
    }
    const row = rows.get(service);
    const column = columns.get(clusterId);
    if (row !== undefined && column !== undefined) removed.push(row, column);
  }
  return {
    ...frame(store, cells),
    full: false,
    services: [],
    clusters: [],
    removed,
  };
}

function frame(store: FleetStore, { cells, versions }: CellsBuilder) {
  return {
    revision: store.revision,
    hubs: store.freshness(),
    states: [...DEPLOYMENT_STATES],
    healths: [...HEALTHS],
    syncs: [...SYNCS],
    freshnesses: [...FRESHNESSES],
    versions: [...versions.keys()],
    cells,
  };
}

function worstOf(records: ApplicationRecord[]): ApplicationRecord | undefined {
  return records.reduce<ApplicationRecord | undefined>(
    (worst, record) => (!worst || isWorse(record, worst) ? record : worst),
    undefined,
  );
}

/** Ties go to the name, so that the answer does not depend on who came first. */
function isWorse(a: ApplicationRecord, b: ApplicationRecord): boolean {
  return (
    (compareStates(a.state.state, b.state.state) || (a.id < b.id ? -1 : 1)) < 0
  );
}
