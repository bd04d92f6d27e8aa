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
import { buildRollups } from './matrixRollups';
import type { ApplicationRecord, ClusterEntry } from './records';
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

  constructor({ services, clusters }: MatrixAxes) {
    this.#rows = new Map(services.map((name, index) => [name, index]));
    this.#columns = new Map(clusters.map(({ id }, index) => [id, index]));
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

  /** Row and column of a pair; nothing where it is not in the answer. */
  place(service: string, clusterId: string): number[] {
    const row = this.#rows.get(service);
    const column = this.#columns.get(clusterId);
    return row === undefined || column === undefined ? [] : [row, column];
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

/** Rows and columns of an answer. */
export interface MatrixAxes {
  services: string[];
  clusters: ClusterEntry[];
}

/** What of the matrix is asked for, and may be seen. */
export interface MatrixSelection {
  service?: (name: string) => boolean;
  cluster?: (cluster: ClusterEntry) => boolean;
  deployment?: (record: ApplicationRecord) => boolean;
  /** Only services with such a deployment on one of the clusters. Their other cells stay: an empty one means absent. */
  having?: (record: ApplicationRecord) => boolean;
  /** Whether to sum up by region and environment. */
  rollups?: boolean;
}

/**
 * Services by clusters, columnar: all of it, or what changed since a revision that the client has.
 *
 * A cell for which there are several Applications shows the worst of them.
 *
 * @param since - leave it out where rows and columns depend on more than the store's axes, as for somebody who may see
 * only a part: a delta would be one of other rows
 */
export function buildMatrix(
  store: FleetStore,
  since?: number,
  selection: MatrixSelection = {},
): Matrix {
  const { service = () => true, cluster = () => true } = selection;
  const all = store.axes();
  const clusters = all.clusters.filter(cluster);
  const services = all.services.filter(service);
  const axes = {
    clusters,
    services: selection.having
      ? servicesHaving(store, services, clusters, selection)
      : services,
  };
  const changed = since === undefined ? undefined : store.changedPairs(since);
  const matrix = changed
    ? buildDelta(store, axes, changed)
    : buildFull(store, axes, selection);
  return selection.rollups
    ? { ...matrix, rollups: buildRollups(store, axes, selection.deployment) }
    : matrix;
}

function servicesHaving(
  store: FleetStore,
  services: string[],
  clusters: ClusterEntry[],
  { having = () => true, deployment = () => true }: MatrixSelection,
): string[] {
  const shown = new Set(clusters.map(({ id }) => id));
  return services.filter(name =>
    store
      .applicationsOfService(name)
      .some(
        record =>
          shown.has(record.clusterId) && deployment(record) && having(record),
      ),
  );
}

function buildFull(
  store: FleetStore,
  axes: MatrixAxes,
  { deployment = () => true }: MatrixSelection,
): Matrix {
  const { services, clusters } = axes;
  const cells = new CellsBuilder(axes);
  const pairs = new Map<number, ApplicationRecord>();
  for (const record of store.applications()) {
    const [row, column] = cells.place(record.service ?? '', record.clusterId);
    if (row === undefined || !deployment(record)) continue;
    const pair = row * clusters.length + column;
    const other = pairs.get(pair);
    if (!other || isWorse(record, other)) pairs.set(pair, record);
  }
  for (const record of pairs.values()) cells.add(record);
  return {
    ...frame(store, cells),
    full: true,
    services: services.map(name => toService(store, name, deployment)),
    clusters: clusters.map(cluster =>
      toCluster(store, cluster, undefined, deployment),
    ),
    removed: [],
  };
}

function buildDelta(
  store: FleetStore,
  axes: MatrixAxes,
  changed: Array<[service: string, clusterId: string]>,
): Matrix {
  const cells = new CellsBuilder(axes);
  const removed: number[] = [];
  for (const [service, clusterId] of changed) {
    const worst = worstOf(store.deployed(service, clusterId));
    if (worst) cells.add(worst);
    else removed.push(...cells.place(service, clusterId));
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
