import { Skeleton } from '@backstage/ui';
import { classes } from '../../styles/classes';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ErrorNote } from '../common';
import { Overrides } from './GuardList';
import styles from './Plan.module.css';
import { planProblem } from './planProblem';
import { PlanView } from './PlanView';
import { Planned } from './usePlan';

/** The plan of an intent that is being formed, and what there is while there is none. */
export function PlanPreview(props: {
  planned: Planned;
  /** Whether the fields do not say enough for a plan. */
  incomplete: boolean;
  overrides: Overrides;
  onOverride?: (overrides: Overrides) => void;
}) {
  const { planned, incomplete, overrides, onOverride } = props;
  const { t } = useFleetTranslation();
  if (incomplete) {
    return <p className={styles.hint}>{t('plan.incomplete')}</p>;
  }
  if (!planned.plan && planned.error !== undefined) {
    return (
      <ErrorNote
        title={t('plan.failed')}
        error={planned.error}
        sentence={planProblem(planned.error)}
        onRetry={planned.reload}
      />
    );
  }
  if (!planned.plan) {
    return (
      <Skeleton width="100%" height={72} aria-label={t('plan.computing')} />
    );
  }
  return (
    <div
      role="group"
      aria-label={t('plan.preview')}
      aria-busy={planned.loading}
      className={classes(styles.preview, planned.loading && styles.outdated)}
    >
      <PlanView
        plan={planned.plan}
        overrides={overrides}
        onOverride={onOverride}
      />
    </div>
  );
}
