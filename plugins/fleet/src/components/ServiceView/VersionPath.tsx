import { Deployment } from '@backstage-fleet/plugin-fleet-common';
import { Fragment } from 'react';
import { useFleetTranslation } from '../../useFleetTranslation';
import styles from './ServiceView.module.css';

/** Desired → synced → running; one version where all three agree. */
export function VersionPath(props: { deployment: Deployment }) {
  const { desired, synced, running } = props.deployment;
  const { t } = useFleetTranslation();
  const steps = [desired?.text, synced?.text, running?.text].map(
    text => text ?? '–',
  );
  const label = t('service.path', {
    desired: steps[0],
    synced: steps[1],
    running: steps[2],
  });
  if (new Set(steps).size === 1) {
    return (
      <span title={label} className={styles.version}>
        {steps[0]}
      </span>
    );
  }
  return (
    <span title={label} className={styles.version}>
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
