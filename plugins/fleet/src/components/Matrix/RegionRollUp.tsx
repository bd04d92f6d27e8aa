import { useMemo } from 'react';
import { clockTime } from '../../live/age';
import { useAge } from '../../live/useAge';
import { isAbsent } from '../../matrix/cellView';
import { MatrixRegion } from '../../matrix/columns';
import { viewAt } from '../../matrix/filter';
import { FleetMatrix, cellAt } from '../../matrix/matrix';
import { rollUp } from '../../matrix/rollup';
import { StateLabel } from '../../states';
import { useFleetTranslation } from '../../useFleetTranslation';
import styles from './Matrix.module.css';

/** The worst state of a region's deployments and how many are synced; the hub's state where it is not heard. */
export function RegionRollUp(props: {
  matrix: FleetMatrix;
  rows: number[];
  region: MatrixRegion;
}) {
  const { matrix, rows, region } = props;
  const { t } = useFleetTranslation();
  const summary = useMemo(
    () => summarize(matrix, rows, region.clusters),
    [matrix, rows, region.clusters],
  );
  const age = useAge(summary.observedAt);
  const word = t(`state.${summary.worst}`);
  if (summary.observedAt !== undefined) {
    return (
      <div className={styles.rollUp}>
        <StateLabel state={summary.worst}>
          {word}, {age}
        </StateLabel>
        <span>
          {t('matrix.lastKnownAt', { time: clockTime(summary.observedAt) })}
        </span>
      </div>
    );
  }
  return (
    <div className={styles.rollUp}>
      <StateLabel state={summary.worst}>
        {summary.worst === 'not-deployed'
          ? word
          : `${summary.count} ${word.toLocaleLowerCase()}`}
      </StateLabel>
      {summary.percent !== undefined && (
        <span>{t('matrix.synced', { percent: String(summary.percent) })}</span>
      )}
    </div>
  );
}

function summarize(matrix: FleetMatrix, rows: number[], columns: number[]) {
  const views = [];
  let deployed = 0;
  let synced = 0;
  for (const row of rows) {
    for (const column of columns) {
      const view = viewAt(matrix, row, column);
      views.push(view);
      const cell = isAbsent(view) ? undefined : cellAt(matrix, row, column);
      if (cell) {
        deployed++;
        synced += cell.sync === 'Synced' ? 1 : 0;
      }
    }
  }
  return {
    ...rollUp(views),
    // Rounded down: 100 % is said only where all are.
    percent: deployed ? Math.floor((100 * synced) / deployed) : undefined,
  };
}
