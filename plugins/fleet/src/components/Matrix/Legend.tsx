import { memo } from 'react';
import { CELL_STATES } from '../../matrix/cellView';
import { StateLabel } from '../../states';
import { useFleetTranslation } from '../../useFleetTranslation';
import { BehindBars } from './BehindLabel';
import styles from './Matrix.module.css';

/** Every state's shape with its word. */
export const Legend = memo(PlainLegend);

function PlainLegend() {
  const { t } = useFleetTranslation();
  return (
    <ul className={styles.legend} aria-label={t('matrix.legend')}>
      {CELL_STATES.map(state => (
        <li key={state}>
          <StateLabel state={state} />
        </li>
      ))}
      <li className={styles.behindSample}>
        <BehindBars versions={2} />
        <span>{t('skew.behind', { count: 2 })}</span>
      </li>
      <li className={styles.hint}>{t('selection.hint')}</li>
    </ul>
  );
}
