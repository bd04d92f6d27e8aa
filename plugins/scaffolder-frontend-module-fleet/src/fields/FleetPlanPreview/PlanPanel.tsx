import { PlanView, planProblem } from '@backstage-fleet/plugin-fleet';
import { Plan } from '@backstage-fleet/plugin-fleet-common';
import { Button, Skeleton } from '@backstage/ui';
import { useEffect } from 'react';
import { useFieldTranslation } from '../../useFieldTranslation';
import styles from '../fields.module.css';
import { IntentMapping, intentOf, overriddenGuards } from './intentOf';
import { usePlan } from './usePlan';
import { PlanVerdict, verdictOn } from './verdict';

/** What a form asks for would do: the Applications on each cluster, stages, files, and what stops it. */
export function PlanPanel(props: {
  title?: string;
  /** How the form becomes an intent; without it nothing is asked. */
  mapping: IntentMapping | undefined;
  form: unknown;
  /** Told at first and whenever it is another. */
  onVerdict?: (verdict: PlanVerdict) => void;
}) {
  const { mapping, form, onVerdict } = props;
  const { t } = useFieldTranslation();
  const asked = mapping ? intentOf(mapping, form) : { missing: [] };
  const intent = 'intent' in asked ? asked.intent : undefined;
  const { plan, error, current, again } = usePlan(intent);
  const answered = plan !== undefined || error !== undefined;
  const verdict = intent
    ? verdictOn({ plan, error, current }, overriddenGuards(mapping, form))
    : 'free';
  useEffect(() => onVerdict?.(verdict), [onVerdict, verdict]);
  return (
    <section
      aria-label={t('plan.region')}
      aria-live="polite"
      aria-busy={intent !== undefined && !current}
      className={styles.preview}
    >
      <h3 className={styles.previewTitle}>{props.title ?? t('plan.title')}</h3>
      {asked.missing && (
        <p className={styles.quiet}>
          {t('plan.missing', { fields: fieldNames(asked.missing) })}
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
          {planProblem(error)}{' '}
          {verdict !== 'stopped' && (
            <Button size="small" variant="secondary" onPress={again}>
              {t('common.tryAgain')}
            </Button>
          )}
        </p>
      )}
      {intent && !answered && <Skeleton width="100%" height={24} />}
    </section>
  );
}

/** Fields of a form as people may know them: the field itself of what is read out of one. */
function fieldNames(paths: string[]): string {
  return [...new Set(paths.map(path => path.split('.')[0]))].join(', ');
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
