import { CellState, CellView, isAbsent, severity } from './cellView';

/** Several cells in one: a collapsed group's services on a cluster, a region's clusters, a whole service. */
export interface RollUp {
  /** The worst state; `not-deployed` where nothing is deployed. */
  worst: CellState;
  /** How many cells are in the worst state. */
  count: number;
  /** How many cells have a deployment, or had one when their hub was last heard. */
  deployed: number;
  total: number;
  /** The oldest observation, where a cell is hatched. */
  observedAt?: number;
}

/** Rolls cells up to the worst. */
export function rollUp(cells: CellView[]): RollUp {
  const result: RollUp = {
    worst: 'not-deployed',
    count: 0,
    deployed: 0,
    total: cells.length,
  };
  for (const cell of cells) {
    if (cell.hatched && cell.observedAt !== undefined) {
      result.observedAt = Math.min(
        result.observedAt ?? Infinity,
        cell.observedAt,
      );
    }
    if (isAbsent(cell)) {
      continue;
    }
    if (!cell.hatched || cell.lastKnown !== undefined) {
      result.deployed++;
    }
    if (severity(cell.state) < severity(result.worst)) {
      result.worst = cell.state;
      result.count = 0;
    }
    if (cell.state === result.worst) {
      result.count++;
    }
  }
  return result;
}
