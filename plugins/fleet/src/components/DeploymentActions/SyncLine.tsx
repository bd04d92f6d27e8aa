import { Deployment } from '@backstage-fleet/plugin-fleet-common';
import { StateLabel } from '../../states';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { Sentence } from '../common';
import styles from './DeploymentActions.module.css';
import type { Asked } from './SyncDialog';
import { syncProgress } from './syncProgress';

/** How many differing resources are named. */
const NAMED = 3;

/** One deployment in the dialog: before, what a sync would change; after, how it goes. */
export function SyncLine(props: {
  /** What the cluster is called. */
  cluster: string;
  deployment: Deployment;
  asked: Asked | undefined;
}) {
  const { cluster, deployment, asked } = props;
  return (
    <li className={styles.line}>
      <span className={styles.name}>{cluster}</span>
      {asked ? (
        <Progress deployment={deployment} asked={asked} />
      ) : (
        <Before deployment={deployment} />
      )}
    </li>
  );
}

function Before(props: { deployment: Deployment }) {
  const { deployment } = props;
  const { synced, desired, differing } = deployment;
  const { t } = useFleetTranslation();
  const versions =
    desired && synced && desired.text !== synced.text
      ? `${synced.text} → ${desired.text}`
      : desired?.text ?? synced?.text;
  return (
    <>
      <span>{versions}</span>
      <span className={tokens.muted}>
        {!deployment.actions?.includes('sync') && t('sync.notAllowed')}
        {deployment.actions?.includes('sync') &&
          (differing.length > 0 ? (
            <Sentence
              text={[
                t('details.differs', {
                  count: differing.length,
                  total: String(deployment.resources),
                }),
                differing
                  .slice(0, NAMED)
                  .map(each => `\`${each}\``)
                  .join(', '),
                differing.length > NAMED
                  ? t('details.more', {
                      number: String(differing.length - NAMED),
                    })
                  : '',
              ]
                .filter(Boolean)
                .join(' ')}
            />
          ) : (
            t(
              deployment.sync === 'Synced'
                ? 'sync.nothingDiffers'
                : 'sync.differs',
            )
          ))}
      </span>
    </>
  );
}

function Progress(props: { deployment: Deployment; asked: Asked }) {
  const { deployment, asked } = props;
  const { t } = useFleetTranslation();
  if ('error' in asked) {
    return (
      <>
        <StateLabel state="degraded">{t('sync.refused')}</StateLabel>
        <span role="alert">
          <Sentence text={asked.error} />
        </span>
      </>
    );
  }
  const progress = syncProgress(deployment, asked.request.requestedAt);
  return (
    <>
      <span aria-live="polite">
        <StateLabel state={progress.state}>
          {t(`sync.${progress.phase}`)}
        </StateLabel>
      </span>
      <span className={tokens.muted}>
        {progress.phase === 'asked' ? (
          <Sentence text={asked.request.message} />
        ) : (
          progress.message
        )}
      </span>
    </>
  );
}
