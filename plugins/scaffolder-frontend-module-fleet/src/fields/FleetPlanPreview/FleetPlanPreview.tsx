import { PlanView, errorSentence } from '@backstage-fleet/plugin-fleet';
import { Plan } from '@backstage-fleet/plugin-fleet-common';
import { Skeleton } from '@backstage/ui';
import { useFieldTranslation } from '../../useFieldTranslation';
import styles from '../fields.module.css';
import { intentOf } from './intentOf';
import { fleetPlanPreviewSchema } from './schema';
import { usePlan } from './usePlan';

/**
 * Shows what the form asks for would do, while one fills it in: the Applications on each cluster, stages, files, and what
 * stops it or is to be considered.
 */
export function FleetPlanPreview(props: typeof fleetPlanPreviewSchema.TProps) {
  const { t } = useFieldTranslation();
  const options = props.uiSchema?.['ui:options'];
  const asked = options
    ? intentOf(options, props.formContext?.formData)
    : { missing: [] };
  const intent = 'intent' in asked ? asked.intent : undefined;
  const { plan, error, current } = usePlan(intent);
  const answered = plan !== undefined || error !== undefined;
  return (
    <section
      aria-label={t('plan.region')}
      aria-live="polite"
      aria-busy={intent !== undefined && !current}
      className={styles.preview}
    >
      <h3 className={styles.previewTitle}>
        {props.schema.title ?? t('plan.title')}
      </h3>
      {asked.missing && (
        <p className={styles.quiet}>
          {t('plan.missing', { fields: asked.missing.join(', ') })}
        </p>
      )}
      {intent && plan && (
        <div className={current ? undefined : styles.outdated}>
          <PlanView plan={plan} withoutEdits />
          <Files plan={plan} />
        </div>
      )}
      {intent && error !== undefined && (
        <p
          className={
            current ? styles.problem : `${styles.problem} ${styles.outdated}`
          }
        >
          {errorSentence(error)}
        </p>
      )}
      {intent && !answered && <Skeleton width="100%" height={24} />}
    </section>
  );
}

function Files(props: { plan: Plan }) {
  const { t } = useFieldTranslation();
  const { edits } = props.plan;
  if (edits.length === 0) return null;
  return (
    <details className={styles.previewPart}>
      <summary className={styles.previewHeading}>
        {t('plan.files', { count: edits.length })}
      </summary>
      <ul className={styles.previewList}>
        {edits.map(edit => (
          <li key={edit.path}>
            <code className={styles.path}>{edit.path}</code>{' '}
            <span className={styles.quiet}>{t(`plan.${edit.action}`)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
