import {
  PlanView,
  errorSentence,
  fleetApiRef,
  useLoaded,
} from '@backstage-fleet/plugin-fleet';
import { Intent } from '@backstage-fleet/plugin-fleet-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import { useEffect, useState } from 'react';
import styles from '../fields.module.css';

/** How long a choice rests before its plan is asked for, in milliseconds. */
const REST = 300;

/** What onboarding would do, while one chooses. */
export function PlanPreview(props: { intent: Intent }) {
  const api = useApi(fleetApiRef);
  const wanted = JSON.stringify(props.intent);
  const [key, setKey] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setKey(wanted), REST);
    return () => clearTimeout(timer);
  }, [wanted]);
  const { value, error } = useLoaded(key, () =>
    api.createPlan(JSON.parse(key!)),
  );
  const current = key === wanted;
  return (
    <section
      aria-label="Plan"
      aria-live="polite"
      aria-busy={!current}
      className={styles.preview}
    >
      <h3 className={styles.previewTitle}>What this would do</h3>
      {current && value && <PlanView plan={value} withoutEdits />}
      {current && error !== undefined && (
        <p className={styles.problem}>{errorSentence(error)}</p>
      )}
      {!(current && (value || error !== undefined)) && (
        <Skeleton width="100%" height={24} />
      )}
    </section>
  );
}
