import { Deployment } from '@backstage-fleet/plugin-fleet-common';
import { Fragment } from 'react';
import { useFleetTranslation } from '../../useFleetTranslation';
import styles from './ServiceView.module.css';

/** The versions desired, synced and running; one where all three agree. */
export function versionSteps({
  desired,
  synced,
  running,
}: Deployment): string[] {
  const steps = [desired?.text, synced?.text, running?.text].map(
    text => text ?? '–',
  );
  return new Set(steps).size === 1 ? steps.slice(0, 1) : steps;
}

/** Desired → synced → running; one version where all three agree. */
export function VersionPath(props: { deployment: Deployment }) {
  const { t } = useFleetTranslation();
  const steps = versionSteps(props.deployment);
  const [desired, synced = desired, running = desired] = steps;
  return (
    <span
      title={t('service.path', { desired, synced, running })}
      className={styles.version}
    >
      {steps.map((step, at) => (
        <Fragment key={at}>
          {at > 0 && (
            <span aria-hidden="true" className={styles.arrow}>
              {' → '}
            </span>
          )}
          <span className={at > 0 ? styles.later : undefined}>{step}</span>
        </Fragment>
      ))}
    </span>
  );
}
