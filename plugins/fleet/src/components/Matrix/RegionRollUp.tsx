import { useMemo } from 'react';
import { clockTime } from '../../live/age';
import { useAge } from '../../live/useAge';
import { MatrixRegion } from '../../matrix/columns';
import { FleetMatrix } from '../../matrix/matrix';
import { Skew, largestSkew } from '../../matrix/skew';
import { summarizeRegion } from '../../matrix/summaries';
import { StateLabel } from '../../states';
import { useFleetTranslation } from '../../useFleetTranslation';
import { BehindLabel } from './BehindLabel';
import styles from './Matrix.module.css';

/**
 * The worst state of a region's deployments, how many are synced, and how far the oldest is behind; the hub's state where
 * it is not heard.
 */
export function RegionRollUp(props: {
  matrix: FleetMatrix;
  rows: number[];
  region: MatrixRegion;
  skew: Skew;
}) {
  const { matrix, rows, region, skew } = props;
  const { t } = useFleetTranslation();
  const summary = useMemo(
    () => summarizeRegion(matrix, rows, region),
    [matrix, rows, region],
  );
  const behind = useMemo(
    () => largestSkew(matrix, skew, rows, region.clusters),
    [matrix, skew, rows, region],
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
      {summary.percentSynced !== undefined && (
        <span>
          {t('matrix.synced', { percent: String(summary.percentSynced) })}
        </span>
      )}
      {behind && <BehindLabel {...behind} />}
    </div>
  );
}
