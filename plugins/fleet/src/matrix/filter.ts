import { FleetMatrix, cellAt } from './matrix';
import { CellState, CellView, cellView } from './cellView';

/** What the person narrowed the page to. Empty lists and texts filter nothing. */
export interface FleetFilter {
  text: string;
  environments: string[];
  regions: string[];
  owners: string[];
  states: CellState[];
  mine: boolean;
}

/** Nothing narrowed. */
export const NO_FILTER: FleetFilter = {
  text: '',
  environments: [],
  regions: [],
  owners: [],
  states: [],
  mine: false,
};

/** Positions of the services and clusters that remain. */
export interface Visible {
  rows: number[];
  columns: number[];
}

/**
 * Applies a filter: environment and region choose columns, the rest chooses rows; a state keeps the services that are
 * in it on one of the remaining columns.
 *
 * @param ownership - entity refs the person is or belongs to, for `mine`
 */
export function applyFilter(
  matrix: FleetMatrix,
  filter: FleetFilter,
  ownership: string[],
): Visible {
  const columns = positions(
    matrix.clusters,
    cluster =>
      matches(filter.environments, cluster.environment ?? '') &&
      matches(filter.regions, cluster.region ?? ''),
  );
  const text = filter.text.trim().toLocaleLowerCase();
  const rows = positions(matrix.services, (service, row) => {
    const named =
      !text ||
      service.name.toLocaleLowerCase().includes(text) ||
      service.title.toLocaleLowerCase().includes(text);
    return (
      named &&
      matches(filter.owners, service.owner ?? '') &&
      (!filter.mine ||
        (service.owner !== undefined && ownership.includes(service.owner))) &&
      (filter.states.length === 0 ||
        columns.some(column => {
          const view = viewAt(matrix, row, column);
          return (
            filter.states.includes(view.state) ||
            (view.lastKnown !== undefined &&
              filter.states.includes(view.lastKnown))
          );
        }))
    );
  });
  return { rows, columns };
}

/** What the cell of a service on a cluster says. */
export function viewAt(
  matrix: FleetMatrix,
  row: number,
  column: number,
): CellView {
  const hub = matrix.hubs.find(
    each => each.id === matrix.clusters[column]?.hub,
  );
  return cellView(cellAt(matrix, row, column), hub);
}

function matches(chosen: string[], value: string): boolean {
  return chosen.length === 0 || chosen.includes(value);
}

function positions<T>(
  items: T[],
  keep: (item: T, at: number) => boolean,
): number[] {
  const result: number[] = [];
  items.forEach((item, at) => {
    if (keep(item, at)) {
      result.push(at);
    }
  });
  return result;
}
