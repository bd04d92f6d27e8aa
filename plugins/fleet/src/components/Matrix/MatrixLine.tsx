import { CSSProperties, memo } from 'react';
import { VirtualItem } from '@tanstack/react-virtual';
import { Link } from 'react-router-dom';
import { MatrixColumn } from '../../matrix/columns';
import { viewAt } from '../../matrix/filter';
import { FleetMatrix } from '../../matrix/matrix';
import { nameOfRef } from '../../matrix/names';
import { rollUp } from '../../matrix/rollup';
import { MatrixRow } from '../../matrix/rows';
import { Selection, pairKey } from '../../matrix/selection';
import { Skew, behindAt } from '../../matrix/skew';
import { classes } from '../../styles/classes';
import { useFleetTranslation } from '../../useFleetTranslation';
import { useFleetLinks } from '../common';
import { CellTexts } from './cellTexts';
import { Chevron } from './Chevron';
import { Lens } from './layout';
import { MatrixCell } from './MatrixCell';
import { RollUpCell } from './RollUpCell';
import styles from './Matrix.module.css';

/** What the lines of the matrix share. */
export interface MatrixLineContext {
  matrix: FleetMatrix;
  /** What the clusters are called, by their index. */
  titles: string[];
  columns: MatrixColumn[];
  /** Columns at which a region starts; the first of all has the line of the sticky column beside it. */
  starts: ReadonlySet<number>;
  columnWidth: number;
  firstWidth: number;
  lens: Lens;
  changedAt: ReadonlyMap<number, number>;
  skew: Skew;
  selection: Selection;
  texts: CellTexts;
}

// Scrolling to the side brings some cells into a line; those that are there stay as they are.
const LineCell = memo(PlainLineCell);

/** One line: the head of a group with its roll-up when collapsed, or a service with its cells. */
export const MatrixLine = memo(PlainMatrixLine);

function PlainMatrixLine(props: {
  context: MatrixLineContext;
  row: MatrixRow;
  index: number;
  top: number;
  height: number;
  virtualColumns: VirtualItem[];
  /** Column of the place that Tab reaches, where that is in this line. */
  activeColumn: number | undefined;
}) {
  const { context, row, index, top, height } = props;
  const { virtualColumns, activeColumn } = props;
  const cells = row.type === 'service' || row.collapsed;
  return (
    <div
      role="row"
      aria-rowindex={index + 3}
      className={classes(
        styles.row,
        row.type === 'group' && styles.groupRow,
        row.type === 'group' &&
          (row.collapsed ? styles.collapsed : styles.open),
      )}
      style={
        {
          top,
          height,
          '--fleet-line-height': `${height - 1}px`,
        } as CSSProperties
      }
    >
      <div
        role="rowheader"
        aria-colindex={1}
        aria-expanded={row.type === 'group' ? !row.collapsed : undefined}
        tabIndex={
          activeColumn !== undefined && (activeColumn < 0 || !cells) ? 0 : -1
        }
        data-row={index}
        data-column={-1}
        className={styles.rowHead}
        style={{ width: context.firstWidth }}
      >
        {row.type === 'group' ? (
          <GroupHead row={row} />
        ) : (
          <ServiceHead context={context} at={row.service} />
        )}
      </div>
      {cells &&
        virtualColumns.map(item => (
          <LineCell
            key={item.key}
            context={context}
            row={row}
            rowIndex={index}
            columnIndex={item.index}
            tabbable={item.index === activeColumn}
          />
        ))}
    </div>
  );
}

function PlainLineCell(props: {
  context: MatrixLineContext;
  row: MatrixRow;
  rowIndex: number;
  columnIndex: number;
  tabbable: boolean;
}) {
  const { context, row, rowIndex, columnIndex, tabbable } = props;
  const { matrix, starts, columnWidth, firstWidth } = context;
  const column = context.columns[columnIndex];
  const place = {
    row: rowIndex,
    column: columnIndex,
    left: firstWidth + columnIndex * columnWidth,
    width: columnWidth,
    first: starts.has(columnIndex),
    tabbable,
  };
  if (row.type === 'service' && column.type === 'cluster') {
    const service = matrix.services[row.service].name;
    const cluster = matrix.clusters[column.cluster];
    const behind = behindAt(matrix, context.skew, row.service, column.cluster);
    return (
      <MatrixCell
        {...place}
        service={service}
        cluster={context.titles[column.cluster]}
        versionsBehind={behind?.versions}
        daysBehind={behind?.days}
        selected={
          context.selection.size > 0 &&
          context.selection.has(pairKey(service, cluster.id))
        }
        view={viewAt(matrix, row.service, column.cluster)}
        lens={context.lens}
        texts={context.texts}
        changedAt={context.changedAt.get(
          row.service * matrix.clusters.length + column.cluster,
        )}
      />
    );
  }
  const services = row.type === 'service' ? [row.service] : row.services;
  const clusters =
    column.type === 'cluster' ? [column.cluster] : column.clusters;
  const views = services.flatMap(service =>
    clusters.map(cluster => viewAt(matrix, service, cluster)),
  );
  return (
    <RollUpCell
      {...place}
      rollUp={rollUp(views)}
      label={[
        row.type === 'service' ? matrix.services[row.service].name : row.title,
        column.type === 'cluster'
          ? matrix.clusters[column.cluster].name
          : matrix.clusters[column.clusters[0]].region,
      ].join(', ')}
    />
  );
}

function GroupHead(props: { row: MatrixRow & { type: 'group' } }) {
  const { row } = props;
  const { t } = useFleetTranslation();
  const fallback = row.key.startsWith('owner:')
    ? t('matrix.noOwner')
    : t('matrix.noSystem');
  const hint = [
    row.yours ? t('matrix.yours') : row.owner && nameOfRef(row.owner),
    row.collapsed
      ? String(row.services.length)
      : t('matrix.services', { count: row.services.length }),
  ];
  return (
    <>
      <Chevron />
      <span>{row.title || fallback}</span>{' '}
      <span className={styles.groupHint}>
        {hint.filter(Boolean).join(' · ')}
      </span>
    </>
  );
}

function ServiceHead(props: { context: MatrixLineContext; at: number }) {
  const service = props.context.matrix.services[props.at];
  const links = useFleetLinks();
  const href = links.service(service.name);
  const fullName =
    service.title === service.name
      ? service.name
      : `${service.title} (${service.name})`;
  return (
    <>
      {href ? (
        // The head of the line takes the focus, and Enter on it follows the link.
        <Link
          to={href}
          tabIndex={-1}
          className={styles.serviceName}
          title={fullName}
        >
          {service.name}
        </Link>
      ) : (
        <span className={styles.serviceName} title={fullName}>
          {service.name}
        </span>
      )}
      {service.owner && (
        <span className={styles.owner} title={service.owner}>
          {nameOfRef(service.owner)}
        </span>
      )}
    </>
  );
}
