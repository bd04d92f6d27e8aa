import {
  Range,
  defaultRangeExtractor,
  useVirtualizer,
} from '@tanstack/react-virtual';
import {
  MouseEvent,
  useMemo,
  PointerEvent,
  useCallback,
  useLayoutEffect,
  useRef,
} from 'react';
import { MatrixColumn, MatrixRegion } from '../../matrix/columns';
import { FleetMatrix } from '../../matrix/matrix';
import { MatrixRow } from '../../matrix/rows';
import { Skew } from '../../matrix/skew';
import { useFleetTranslation } from '../../useFleetTranslation';
import {
  Density,
  GROUP_HEIGHT,
  HEADER_HEIGHT,
  Lens,
  ROW_HEIGHT,
  columnWidth as widthOfColumns,
  firstColumnWidth,
} from './layout';
import { cellTexts } from './cellTexts';
import styles from './Matrix.module.css';
import { MatrixHeader } from './MatrixHeader';
import { MatrixLine } from './MatrixLine';
import { Selection } from '../../matrix/selection';
import { useClusterTitles } from './useClusterTitles';
import { useCellSelection } from './useCellSelection';
import { useElementWidth } from './useElementWidth';
import {
  GridPlace,
  useActivePlace,
  useGridNavigation,
} from './useGridNavigation';

/** A pair of positions on the axes of the matrix. */
export interface MatrixPair {
  service: number;
  cluster: number;
}

/** Props of {@link Matrix}. */
export interface MatrixProps {
  matrix: FleetMatrix;
  rows: MatrixRow[];
  /** Positions of all services that remain after filtering, collapsed or not. */
  services: number[];
  columns: MatrixColumn[];
  regions: MatrixRegion[];
  lens: Lens;
  density: Density;
  changedAt: ReadonlyMap<number, number>;
  skew: Skew;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onToggleGroup: (key: string) => void;
  onToggleRegion: (key: string) => void;
  /** A cell was pressed, or Enter on it. */
  onOpenCell: (pair: MatrixPair, element: HTMLElement) => void;
  /** Enter on the head of a service's line. */
  onOpenService: (service: number) => void;
  /** The pointer is over a cell, or over none. */
  onHoverCell: (pair: MatrixPair | undefined, element?: HTMLElement) => void;
  onEscape: () => void;
}

/** Services by clusters: a grid whose lines and columns are drawn only where they are seen. */
export function Matrix(props: MatrixProps) {
  const { matrix, rows, columns, regions, density } = props;
  const { onOpenCell, onOpenService, onHoverCell, onToggleGroup } = props;
  const { t } = useFleetTranslation();
  const grid = useRef<HTMLDivElement>(null);
  const available = useElementWidth(grid);
  const firstWidth = firstColumnWidth(available);
  const columnWidth = widthOfColumns(available, columns.length);
  const rowHeight = ROW_HEIGHT[density];
  const [active, setActive] = useActivePlace(rows.length, columns.length);
  // What has the focus stays drawn, so that Tab and the arrow keys never lose it. The virtualizers make their lists anew when
  // they are given another function, and with the lists every line.
  const rowsInRange = useWithIndex(active.row);
  const columnsInRange = useWithIndex(active.column);

  const rowVirtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => grid.current,
    estimateSize: at => (rows[at].type === 'group' ? GROUP_HEIGHT : rowHeight),
    getItemKey: useCallback((at: number) => rows[at].key, [rows]),
    rangeExtractor: rowsInRange,
    overscan: 6,
    paddingStart: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
    useFlushSync: false,
    useAnimationFrameWithResizeObserver: true,
  });
  const columnVirtualizer = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => grid.current,
    estimateSize: () => columnWidth,
    getItemKey: useCallback((at: number) => columns[at].key, [columns]),
    rangeExtractor: columnsInRange,
    overscan: 2,
    paddingStart: firstWidth,
    scrollPaddingStart: firstWidth,
    useFlushSync: false,
    useAnimationFrameWithResizeObserver: true,
  });
  useLayoutEffect(() => {
    rowVirtualizer.measure();
  }, [rowVirtualizer, rowHeight, rows]);
  useLayoutEffect(() => {
    columnVirtualizer.measure();
  }, [columnVirtualizer, columnWidth, columns]);

  const open = (place: GridPlace, element: HTMLElement) => {
    const row = rows[place.row];
    if (row?.type === 'group') {
      onToggleGroup(row.key);
      return;
    }
    const column = columns[place.column];
    if (row && place.column < 0) {
      onOpenService(row.service);
    } else if (row && column?.type === 'cluster') {
      onOpenCell({ service: row.service, cluster: column.cluster }, element);
    } else if (column?.type === 'region') {
      props.onToggleRegion(column.region);
    }
  };
  const cells = useCellSelection({
    matrix,
    rows,
    columns,
    selection: props.selection,
    onSelect: props.onSelect,
  });
  const onKeyDown = useGridNavigation({
    grid,
    rows: rows.length,
    columns: columns.length,
    active,
    setActive,
    scrollTo: place => {
      rowVirtualizer.scrollToIndex(place.row);
      if (place.column >= 0) {
        columnVirtualizer.scrollToIndex(place.column);
      }
    },
    onOpen: open,
    onSelect: cells.toggle,
    onExtend: cells.extend,
    onEscape: props.onEscape,
  });

  const onClick = (event: MouseEvent<HTMLElement>) => {
    const found = placeOf(event.target);
    if (!found || (event.target as HTMLElement).closest('a')) {
      return;
    }
    setActive(found.place);
    if (selects(event)) {
      onHoverCell(undefined);
    }
    if (event.shiftKey) {
      cells.extend(active, found.place);
    } else if (event.ctrlKey || event.metaKey) {
      cells.toggle(found.place);
    } else if (
      found.place.column >= 0 ||
      rows[found.place.row]?.type === 'group'
    ) {
      open(found.place, found.element);
    }
  };
  const onPointerOver = (event: PointerEvent<HTMLElement>) => {
    // While cells are being selected, a popover would only cover the next.
    const found = selects(event) ? undefined : placeOf(event.target);
    const row = found && rows[found.place.row];
    const column = found && columns[found.place.column];
    if (row?.type === 'service' && column?.type === 'cluster') {
      onHoverCell(
        { service: row.service, cluster: column.cluster },
        found!.element,
      );
    } else {
      onHoverCell(undefined);
    }
  };

  const width = firstWidth + columns.length * columnWidth;
  const virtualColumns = columnVirtualizer.getVirtualItems();
  const { lens, changedAt, skew, selection } = props;
  const starts = useMemo(
    () => new Set(regions.map(region => region.start).filter(Boolean)),
    [regions],
  );
  const texts = useMemo(() => cellTexts(t), [t]);
  const titles = useClusterTitles(matrix);
  // Scrolling leaves it as it is, so that only the lines and cells that come are drawn.
  const context = useMemo(
    () => ({
      matrix,
      titles,
      columns,
      starts,
      columnWidth,
      firstWidth,
      lens,
      changedAt,
      skew,
      selection,
      texts,
    }),
    [
      matrix,
      titles,
      columns,
      starts,
      columnWidth,
      firstWidth,
      lens,
      changedAt,
      skew,
      selection,
      texts,
    ],
  );
  return (
    // The lines and cells take the focus; the grid only listens for them.
    // eslint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      ref={grid}
      role="grid"
      aria-label={t('matrix.label')}
      aria-multiselectable="true"
      aria-rowcount={rows.length + 2}
      aria-colcount={columns.length + 1}
      className={styles.scroller}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onMouseDown={event => {
        // Shift extends the selection of cells, not that of text.
        if (event.shiftKey) {
          event.preventDefault();
        }
      }}
      onPointerOver={onPointerOver}
      onPointerLeave={() => onHoverCell(undefined)}
    >
      <div
        role="presentation"
        className={styles.canvas}
        style={{ width, height: rowVirtualizer.getTotalSize() }}
      >
        <MatrixHeader
          matrix={matrix}
          rows={props.services}
          columns={columns}
          regions={regions}
          skew={skew}
          virtualColumns={virtualColumns}
          width={width}
          columnWidth={columnWidth}
          firstWidth={firstWidth}
          onToggleRegion={props.onToggleRegion}
        />
        {rowVirtualizer.getVirtualItems().map(item => (
          <MatrixLine
            key={item.key}
            context={context}
            row={rows[item.index]}
            index={item.index}
            top={item.start}
            height={item.size}
            virtualColumns={virtualColumns}
            activeColumn={item.index === active.row ? active.column : undefined}
          />
        ))}
      </div>
    </div>
  );
}

/** Whether keys are held with which the pointer selects. */
function selects(event: MouseEvent): boolean {
  return event.shiftKey || event.ctrlKey || event.metaKey;
}

function placeOf(
  target: EventTarget,
): { place: GridPlace; element: HTMLElement } | undefined {
  const element = (target as HTMLElement).closest<HTMLElement>('[data-row]');
  if (!element) {
    return undefined;
  }
  const { row, column } = element.dataset;
  return { place: { row: Number(row), column: Number(column) }, element };
}

/** What is in a range, and one index besides. */
function useWithIndex(index: number): (range: Range) => number[] {
  return useCallback(
    range => {
      const indexes = defaultRangeExtractor(range);
      if (index >= 0 && index < range.count && !indexes.includes(index)) {
        indexes.push(index);
        indexes.sort((a, b) => a - b);
      }
      return indexes;
    },
    [index],
  );
}
