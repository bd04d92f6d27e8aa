import { memo } from 'react';
import { useAge } from '../../live/useAge';
import { CellView, isAbsent } from '../../matrix/cellView';
import { isRecent } from '../../matrix/summaries';
import { StateIcon, stateClass } from '../../states';
import { classes } from '../../styles/classes';
import { FleetTranslate, useFleetTranslation } from '../../useFleetTranslation';
import { Lens } from './layout';
import styles from './Matrix.module.css';

/** For how long a change may still be faded in when its cell is drawn, in milliseconds. */
const FLASH_WINDOW = 1_000;

/** Props of {@link MatrixCell}. */
export interface MatrixCellProps {
  service: string;
  cluster: string;
  view: CellView;
  lens: Lens;
  row: number;
  column: number;
  left: number;
  width: number;
  /** Whether a line is drawn before it: the first of its region. */
  first: boolean;
  tabbable: boolean;
  changedAt?: number;
}

/** One service on one cluster. */
export const MatrixCell = memo(PlainMatrixCell);

function PlainMatrixCell(props: MatrixCellProps) {
  const { service, cluster, view, lens, row, column, changedAt } = props;
  const { t } = useFleetTranslation();
  const observedAge = useAge(view.hatched ? view.observedAt : undefined);
  const recent = isRecent(view.since);
  const sinceAge = useAge(
    lens === 'changed' && recent && !view.hatched ? view.since : undefined,
  );
  const absent = isAbsent(view);
  const word = t(`state.${view.state}`);
  const icon = view.lastKnown === 'degraded' ? 'degraded' : view.state;

  return (
    <div
      role="gridcell"
      aria-colindex={column + 2}
      aria-label={`${t('cell.on', { service, cluster })}: ${cellText(
        view,
        t,
        observedAge,
      )}`}
      tabIndex={props.tabbable ? 0 : -1}
      data-row={row}
      data-column={column}
      data-state={view.hatched ? undefined : view.state}
      data-last-known={view.lastKnown}
      className={classes(
        styles.cell,
        stateClass(absent ? 'not-deployed' : icon),
        view.hatched && styles.hatched,
        props.first && styles.first,
        lens === 'changed' && !recent && styles.dimmed,
      )}
      style={{ left: props.left, width: props.width }}
    >
      {changedAt !== undefined && Date.now() - changedAt < FLASH_WINDOW && (
        <span key={changedAt} className={styles.flash} />
      )}
      <StateIcon state={absent ? 'not-deployed' : icon} />
      {!absent && (
        <span
          className={classes(
            styles.text,
            lens === 'health' && view.state === 'healthy' && styles.quiet,
          )}
        >
          {lens === 'health' || !view.version ? word : view.version}
        </span>
      )}
      {view.hatched && !absent && observedAge && (
        <span className={styles.aside}>{observedAge}</span>
      )}
      {sinceAge && <span className={styles.aside}>{sinceAge}</span>}
    </div>
  );
}

function cellText(
  view: CellView,
  t: FleetTranslate,
  observedAge: string | undefined,
): string {
  const word = t(`state.${view.state}`);
  if (!view.hatched) {
    return [view.version, word].filter(Boolean).join(', ');
  }
  if (observedAge === undefined) {
    return [word, t('cell.neverSeen')].join(', ');
  }
  return [
    view.version,
    word,
    view.lastKnown
      ? t('cell.lastKnown', {
          state: t(`state.${view.lastKnown}`),
          age: observedAge,
        })
      : t('cell.absentThen', { age: observedAge }),
  ]
    .filter(Boolean)
    .join(', ');
}
