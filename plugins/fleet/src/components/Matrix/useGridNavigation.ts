import {
  KeyboardEvent,
  RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';

/** A place in the grid: a line, and a column or -1 for the line's head. */
export interface GridPlace {
  row: number;
  column: number;
}

/** How many lines Page Up and Page Down move. */
const PAGE = 10;

/** Where a key moves to, `undefined` for keys that do not move. */
export function moveInGrid(
  from: GridPlace,
  key: string,
  withControl: boolean,
  size: { rows: number; columns: number },
): GridPlace | undefined {
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  const to = { ...from };
  switch (key) {
    case 'ArrowUp':
      to.row -= 1;
      break;
    case 'ArrowDown':
      to.row += 1;
      break;
    case 'ArrowLeft':
      to.column -= 1;
      break;
    case 'ArrowRight':
      to.column += 1;
      break;
    case 'PageUp':
      to.row -= PAGE;
      break;
    case 'PageDown':
      to.row += PAGE;
      break;
    case 'Home':
      to.column = -1;
      to.row = withControl ? 0 : to.row;
      break;
    case 'End':
      to.column = lastColumn;
      to.row = withControl ? lastRow : to.row;
      break;
    default:
      return undefined;
  }
  return {
    row: Math.min(Math.max(to.row, 0), Math.max(lastRow, 0)),
    column: Math.min(Math.max(to.column, -1), lastColumn),
  };
}

/** The place in the grid that Tab reaches, inside the grid also when lines and columns went. */
export function useActivePlace(
  rows: number,
  columns: number,
): [GridPlace, (place: GridPlace) => void] {
  const [place, setPlace] = useState<GridPlace>({ row: 0, column: -1 });
  return [
    {
      row: Math.min(place.row, Math.max(rows - 1, 0)),
      column: Math.min(place.column, columns - 1),
    },
    setPlace,
  ];
}

/**
 * Roving focus over a virtualized grid: one place can be reached with Tab, keys move it, and the element takes the
 * focus once it is drawn. Elements carry `data-row` and `data-column`. Returns what handles the keys.
 */
export function useGridNavigation(options: {
  grid: RefObject<HTMLElement | null>;
  rows: number;
  columns: number;
  active: GridPlace;
  setActive: (place: GridPlace) => void;
  scrollTo: (place: GridPlace) => void;
  onOpen: (place: GridPlace, element: HTMLElement) => void;
  /** Takes a place in or out of the selection; false where there is nothing to select. */
  onSelect: (place: GridPlace) => boolean;
  /** Selects from where Shift was pressed first up to a place. */
  onExtend: (from: GridPlace, to: GridPlace) => void;
  onEscape: () => void;
}): (event: KeyboardEvent<HTMLElement>) => void {
  const { grid, rows, columns, active, setActive } = options;
  const { scrollTo, onOpen, onEscape, onSelect, onExtend } = options;
  const wantsFocus = useRef(false);

  useLayoutEffect(() => {
    if (!wantsFocus.current) {
      return;
    }
    const element = findPlace(grid.current, active);
    if (element) {
      wantsFocus.current = false;
      element.focus({ preventScroll: true });
    }
  });

  return event => {
    const target = event.target as HTMLElement;
    const element = target.closest<HTMLElement>('[data-row]');
    if (!element || event.altKey || event.metaKey) {
      return;
    }
    if (event.key === 'Escape') {
      onEscape();
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (event.key === 'Enter' || !onSelect(active)) {
        onOpen(active, element);
      }
      return;
    }
    const next = moveInGrid(active, event.key, event.ctrlKey, {
      rows,
      columns,
    });
    if (next) {
      event.preventDefault();
      wantsFocus.current = true;
      if (event.shiftKey) {
        onExtend(active, next);
      }
      setActive(next);
      scrollTo(next);
    }
  };
}

/** The element of a place; the line's head where the line has no cell in that column. */
export function findPlace(
  grid: HTMLElement | null,
  place: GridPlace,
): HTMLElement | undefined {
  const find = (column: number) =>
    grid?.querySelector<HTMLElement>(
      `[data-row="${place.row}"][data-column="${column}"]`,
    ) ?? undefined;
  return find(place.column) ?? find(-1);
}
