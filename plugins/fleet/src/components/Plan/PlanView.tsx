import { Plan, PlannedStage } from '@backstage-fleet/plugin-fleet-common';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { Sentence } from '../common';
import { DiffView } from './DiffView';
import { GuardList, Overrides } from './GuardList';
import styles from './Plan.module.css';
import { PlannedApplications } from './PlannedApplications';
import { StageClusters } from './StageClusters';
import { UncheckedRules } from './UncheckedRules';

/**
 * What a change would do: counts first, then the Applications per cluster, the checks, what could not be checked, the stages, and the edits.
 *
 * @public
 */
export function PlanView(props: {
  plan: Plan;
  /** Leave the files' edits out. */
  withoutEdits?: boolean;
  /** Checks that somebody overrides. */
  overrides?: Overrides;
  /** Given where the person may override checks. */
  onOverride?: (overrides: Overrides) => void;
}) {
  const { plan, withoutEdits } = props;
  const { t } = useFleetTranslation();
  return (
    <div className={classes(tokens.tokens, styles.plan)}>
      <PlanCounts plan={plan} />
      {plan.applications.length > 0 && (
        <PlannedApplications
          applications={plan.applications}
          edits={plan.edits}
        />
      )}
      {plan.guards.length > 0 && (
        <section>
          <h3 className={styles.heading}>{t('plan.guards')}</h3>
          <GuardList
            guards={plan.guards}
            overrides={props.overrides}
            onOverride={props.onOverride}
          />
        </section>
      )}
      {plan.notChecked && plan.notChecked.length > 0 && (
        <UncheckedRules rules={plan.notChecked} />
      )}
      {plan.stages && plan.stages.length > 1 && <Stages stages={plan.stages} />}
      {!withoutEdits && plan.edits.length > 0 && (
        <details className={styles.edits} open={plan.edits.length === 1}>
          <summary className={styles.heading}>
            {t('plan.files', { count: plan.edits.length })}
          </summary>
          {plan.edits.map(edit => (
            <DiffView key={edit.path} edit={edit} />
          ))}
        </details>
      )}
    </div>
  );
}

function PlanCounts(props: { plan: Plan }) {
  const { plan } = props;
  const { t } = useFleetTranslation();
  if (!plan.evaluable) {
    return (
      <p className={styles.stop}>
        <Sentence
          text={t('plan.notEvaluable', { reason: plan.notEvaluable ?? '' })}
        />
      </p>
    );
  }
  if (plan.unchanged) {
    return <p className={styles.counts}>{t('plan.unchanged')}</p>;
  }
  return (
    <div>
      <p className={styles.counts}>
        {t('plan.counts', {
          creates: String(plan.creates),
          changes: String(plan.changes),
          deletes: String(plan.deletes),
        })}
      </p>
      {plan.sentence && plan.applications.length > 0 && (
        <p>
          <Sentence text={plan.sentence} />
        </p>
      )}
    </div>
  );
}

function Stages(props: { stages: PlannedStage[] }) {
  const { t } = useFleetTranslation();
  return (
    <section>
      <h3 className={styles.heading}>{t('plan.stages')}</h3>
      <ol className={styles.stages}>
        {props.stages.map((stage, at) => (
          <li key={`${stage.title} ${at}`}>
            <span className={styles.applicationName}>{stage.title}</span>{' '}
            <StageClusters {...stage} />
          </li>
        ))}
      </ol>
    </section>
  );
}
