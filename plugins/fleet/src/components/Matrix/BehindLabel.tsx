import { Behind } from '../../matrix/skew';
import { FleetTranslate, useFleetTranslation } from '../../useFleetTranslation';
import styles from './Matrix.module.css';

/** One to three bars: by how many versions something is behind. */
export function BehindBars(props: { versions: number }) {
  const bars = Math.min(props.versions, 3);
  return (
    <svg
      width={bars * 4}
      height="9"
      viewBox={`0 0 ${bars * 4} 9`}
      aria-hidden="true"
      focusable="false"
      className={styles.bars}
    >
      {Array.from({ length: bars }, (_, at) => (
        <rect key={at} x={at * 4} width="2.5" height="9" fill="currentColor" />
      ))}
    </svg>
  );
}

/** The bars with their words: the days in short where they are known, else how many versions. */
export function BehindLabel(props: Behind) {
  const { t } = useFleetTranslation();
  return (
    <span className={styles.behind} title={behindText(props, t)}>
      <BehindBars versions={props.versions} />
      <span>{shortBehind(props, t)}</span>
    </span>
  );
}

/** "2 behind, 12 days"; within a day only how many. */
export function behindText(behind: Behind, t: FleetTranslate): string {
  const versions = t('skew.behind', { count: behind.versions });
  return behind.days
    ? `${versions}, ${t('skew.days', { count: behind.days })}`
    : versions;
}

/** "12 d", or "2 behind" within a day and where the days are not known. */
export function shortBehind(behind: Behind, t: FleetTranslate): string {
  return behind.days
    ? t('skew.shortDays', { days: String(behind.days) })
    : t('skew.behind', { count: behind.versions });
}
