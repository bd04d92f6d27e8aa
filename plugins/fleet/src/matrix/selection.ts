import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { MatrixColumn } from './columns';
import { cellAt, FleetMatrix } from './matrix';
import { MatrixRow } from './rows';

/** Selected pairs by {@link pairKey}: names, which stay when the axes change. */
export type Selection = ReadonlySet<string>;

/** A place in the grid: a line and a column. */
interface Place {
  row: number;
  column: number;
}

/** Names a pair of a service and a cluster. */
export function pairKey(service: string, cluster: string): string {
  return `${service}\n${cluster}`;
}

/** Takes a pair in, or out. */
export function toggled(selection: Selection, key: string): Selection {
  const next = new Set(selection);
  if (!next.delete(key)) {
    next.add(key);
  }
  return next;
}

/**
 * The pairs in the rectangle between two places. Heads of groups and collapsed regions inside it have none.
 */
export function rectangle(
  matrix: FleetMatrix,
  axes: { rows: MatrixRow[]; columns: MatrixColumn[] },
  from: Place,
  to: Place,
): Selection {
  const keys = new Set<string>();
  for (const row of axes.rows.slice(
    Math.min(from.row, to.row),
    Math.max(from.row, to.row) + 1,
  )) {
    for (const column of axes.columns.slice(
      Math.max(Math.min(from.column, to.column), 0),
      Math.max(from.column, to.column) + 1,
    )) {
      if (row.type === 'service' && column.type === 'cluster') {
        keys.add(
          pairKey(
            matrix.services[row.service].name,
            matrix.clusters[column.cluster].id,
          ),
        );
      }
    }
  }
  return keys;
}

/** What is selected, for the bar that offers what can be done with it. */
export interface SelectedPairs {
  /** Names of the services, in the order of the axis. */
  services: string[];
  /** The clusters, in the order of the axis. */
  clusters: Cluster[];
  /** Clusters with a selected pair that is deployed. */
  deployed: Cluster[];
  /** Clusters with one that is not. */
  absent: Cluster[];
}

/** Looks selected pairs up; those whose service or cluster is gone are left out. */
export function selectedPairs(
  matrix: FleetMatrix,
  selection: Selection,
): SelectedPairs {
  const rows = new Map(matrix.services.map(({ name }, at) => [name, at]));
  const columns = new Map(matrix.clusters.map(({ id }, at) => [id, at]));
  const pairs = [...selection]
    .map(key => key.split('\n'))
    .map(([service, cluster]) => ({
      row: rows.get(service) ?? -1,
      column: columns.get(cluster) ?? -1,
    }))
    .filter(({ row, column }) => row >= 0 && column >= 0)
    .sort((a, b) => a.row - b.row || a.column - b.column);
  const has = ({ row, column }: Place) =>
    cellAt(matrix, row, column) !== undefined;
  const clustersOf = (some: Place[]) =>
    [...new Set(some.map(({ column }) => column))]
      .sort((a, b) => a - b)
      .map(column => matrix.clusters[column]);
  return {
    services: [...new Set(pairs.map(({ row }) => row))].map(
      row => matrix.services[row].name,
    ),
    clusters: clustersOf(pairs),
    deployed: clustersOf(pairs.filter(has)),
    absent: clustersOf(pairs.filter(pair => !has(pair))),
  };
}
