import { Plan, PlannedApplication } from '@backstage-fleet/plugin-fleet-common';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { Sentence } from '../common';
import { DiffView } from './DiffView';
import styles from './Plan.module.css';

/**
 * What a change would do: counts first, then the Applications per cluster, the checks, and the edits.
 *
 * @public
 */
export function PlanView(props: {
  plan: Plan;
  /** Leave the files' edits out. */
  withoutEdits?: boolean;
}) {
  const { plan, withoutEdits } = props;
  const { t } = useFleetTranslation();
  return (
    <div className={classes(tokens.tokens, styles.plan)}>
      <PlanCounts plan={plan} />
      {plan.applications.length > 0 && (
        <Applications applications={plan.applications} />
      )}
      {plan.guards.length > 0 && (
        <section>
          <h3 className={styles.heading}>{t('plan.guards')}</h3>
          <ul className={styles.list}>
            {plan.guards.map(guard => (
              <li
                key={guard.id}
                className={guard.level === 'stop' ? styles.stop : styles.warn}
              >
                <strong>
                  {t(guard.level === 'stop' ? 'plan.stop' : 'plan.warn')}:
                </strong>{' '}
                <Sentence text={guard.message} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {!withoutEdits && plan.edits.length > 0 && (
        <section>
          <h3 className={styles.heading}>
            {t('plan.files', { count: plan.edits.length })}
          </h3>
          {plan.edits.map(edit => (
            <DiffView key={edit.path} edit={edit} />
          ))}
        </section>
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
    <p className={styles.counts}>
      {t('plan.counts', {
        creates: String(plan.creates),
        changes: String(plan.changes),
        deletes: String(plan.deletes),
      })}
    </p>
  );
}

function Applications(props: { applications: PlannedApplication[] }) {
  const { t } = useFleetTranslation();
  return (
    <ul className={styles.applications}>
      {props.applications.map(application => (
        <li
          key={`${application.cluster} ${application.namespace}/${application.name}`}
          className={styles[application.action]}
        >
          <span className={styles.action}>
            {t(`plan.${application.action}`)}
          </span>
          <span className={styles.applicationName}>{application.name}</span>
          {application.version && <span>{application.version}</span>}
          <span className={tokens.muted}>{application.cluster}</span>
          {application.fields.length > 0 && application.action === 'change' && (
            <ul className={styles.fields}>
              {application.fields.map(field => (
                <li key={field.path}>
                  <code className={tokens.code}>{field.path}</code>{' '}
                  {field.before ?? '–'} → {field.after ?? '–'}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
