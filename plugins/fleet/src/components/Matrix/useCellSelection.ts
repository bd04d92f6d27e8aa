import { useRef } from 'react';
import { MatrixColumn } from '../../matrix/columns';
import { FleetMatrix } from '../../matrix/matrix';
import { MatrixRow } from '../../matrix/rows';
import { Selection, pairKey, rectangle, toggled } from '../../matrix/selection';
import { GridPlace } from './useGridNavigation';

/** Selecting cells: one at a time, or the rectangle between the one that was selected first and another. */
export function useCellSelection(options: {
  matrix: FleetMatrix;
  rows: MatrixRow[];
  columns: MatrixColumn[];
  selection: Selection;
  onSelect: (selection: Selection) => void;
}) {
  const { matrix, rows, columns, selection, onSelect } = options;
  const anchor = useRef<GridPlace | undefined>(undefined);

  return {
    /** False where the place is no cell of a service on a cluster. */
    toggle: (place: GridPlace): boolean => {
      const row = rows[place.row];
      const column = columns[place.column];
      if (row?.type !== 'service' || column?.type !== 'cluster') {
        return false;
      }
      anchor.current = place;
      onSelect(
        toggled(
          selection,
          pairKey(
            matrix.services[row.service].name,
            matrix.clusters[column.cluster].id,
          ),
        ),
      );
      return true;
    },
    /** @param from - where it starts, if nothing is selected yet */
    extend: (from: GridPlace, to: GridPlace) => {
      if (selection.size === 0 || !anchor.current) {
        anchor.current = from;
      }
      onSelect(rectangle(matrix, { rows, columns }, anchor.current, to));
    },
  };
}
