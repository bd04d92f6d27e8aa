import { UncheckedRule } from '@backstage-fleet/plugin-fleet-common';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import styles from './Plan.module.css';

/** How many rules of claims only the hub will check; opened up, each with the reason. */
export function UncheckedRules(props: { rules: UncheckedRule[] }) {
  const { rules } = props;
  const { t } = useFleetTranslation();
  return (
    <details className={styles.edits}>
      <summary className={styles.heading}>
        {t('plan.notChecked', { count: rules.length })}
      </summary>
      <p className={styles.hint}>{t('plan.notCheckedHint')}</p>
      <ul className={styles.list}>
        {rules.map(({ file, field, rule, reason }) => (
          <li key={`${file} ${field} ${rule}`} className={styles.guard}>
            {field && <strong>{field}: </strong>}
            <code>{rule}</code>{' '}
            <span className={tokens.muted}>
              {reason} ({file})
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
