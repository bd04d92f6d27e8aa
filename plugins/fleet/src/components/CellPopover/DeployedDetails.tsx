import {
  ClusterSummary,
  Deployment,
  HubFreshness,
  Version,
} from '@backstage-fleet/plugin-fleet-common';
import { ReactNode } from 'react';
import { useAge } from '../../live/useAge';
import { cellView, timeOf } from '../../matrix/cellView';
import { StateLabel, lastKnownText } from '../../states';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ExternalLink, RelativeTime, Sentence } from '../common';
import { DeploymentButtons, DeploymentDialog } from '../DeploymentActions';
import styles from './CellPopover.module.css';

/** How many differing resources are named. */
const NAMED = 3;

/** A deployment in full: states, versions from Git to pods, what differs, the last commit. */
export function DeployedDetails(props: {
  deployment: Deployment;
  cluster: ClusterSummary;
  hub: HubFreshness | undefined;
  onAsk: (dialog: DeploymentDialog) => void;
}) {
  const { deployment, hub, onAsk } = props;
  const { t } = useFleetTranslation();
  const commit =
    deployment.desired?.commit ??
    deployment.synced?.commit ??
    deployment.running?.commit;
  const differing = deployment.differing.slice(0, NAMED);
  const unnamed = deployment.differing.length - differing.length;
  return (
    <>
      <section className={styles.part}>
        <DeploymentStates deployment={deployment} hub={hub} />
      </section>
      <section className={styles.part}>
        <dl className={styles.versions}>
          <VersionLine
            name={t('details.desired')}
            version={deployment.desired}
            strong
          >
            {deployment.desired?.commit?.date && (
              <>
                {t('details.git')},{' '}
                <RelativeTime time={deployment.desired.commit.date} />
              </>
            )}
          </VersionLine>
          <VersionLine name={t('details.synced')} version={deployment.synced}>
            <RelativeTime time={deployment.syncedAt} />
          </VersionLine>
          <VersionLine
            name={t('details.running')}
            version={deployment.running}
          />
        </dl>
        {differing.length > 0 && (
          <p>
            {t('details.differs', {
              count: deployment.differing.length,
              total: String(deployment.resources),
            })}{' '}
            <Sentence text={differing.map(each => `\`${each}\``).join(', ')} />
            {unnamed > 0 &&
              ` ${t('details.more', { number: String(unnamed) })}`}
            .
          </p>
        )}
        {!deployment.automatedSync && <p>{t('details.automatedOff')}</p>}
        {deployment.deleting && <p>{t('details.deleting')}</p>}
        <Messages deployment={deployment} />
      </section>
      {commit && (
        <section className={styles.part}>
          <p>
            <span className={tokens.muted}>{t('details.newestCommit')}</span>{' '}
            {commit.url ? (
              <ExternalLink href={commit.url}>
                {firstLine(commit.message) ?? commit.sha.slice(0, 7)}
              </ExternalLink>
            ) : (
              firstLine(commit.message)
            )}
          </p>
          <p className={tokens.muted}>
            {commit.author && (
              <>{t('details.by', { author: commit.author })}, </>
            )}
            <RelativeTime time={commit.date} />{' '}
            <span className={tokens.mono}>{commit.sha.slice(0, 7)}</span>
          </p>
        </section>
      )}
      <section className={classes(styles.part, styles.ask)}>
        <DeploymentButtons deployment={deployment} onAsk={onAsk} />
      </section>
    </>
  );
}

/** State, sync state and since when; what the hub last said where it is not heard. */
export function DeploymentStates(props: {
  deployment: Deployment;
  hub: HubFreshness | undefined;
}) {
  const { deployment, hub } = props;
  const { t } = useFleetTranslation();
  const view = cellView(
    {
      state: deployment.state,
      health: deployment.health,
      sync: deployment.sync,
      freshness: deployment.freshness?.status,
      observedAt: timeOf(deployment.freshness?.observedAt),
    },
    hub,
  );
  const age = useAge(view.hatched ? view.observedAt : undefined);
  const healthState = (
    {
      Healthy: 'healthy',
      Progressing: 'progressing',
      Degraded: 'degraded',
      Suspended: 'suspended',
      Missing: 'missing',
      Unknown: 'unknown',
    } as const
  )[deployment.health];
  if (view.hatched) {
    return (
      <div className={styles.states}>
        <StateLabel state={view.state} filled />
        <span className={tokens.muted}>{lastKnownText(view, age, t)}</span>
        {hub?.status === 'live' && deployment.freshness?.message && (
          <p className={styles.why}>{deployment.freshness.message}</p>
        )}
      </div>
    );
  }
  return (
    <div className={styles.states}>
      <StateLabel state={deployment.state} filled />
      {deployment.state !== healthState && (
        <StateLabel state={healthState} filled />
      )}
      <RelativeTime
        time={deployment.healthSince}
        form="for"
        className={tokens.muted}
      />
    </div>
  );
}

function Messages(props: { deployment: Deployment }) {
  const { deployment } = props;
  const { operation } = deployment;
  const failed = operation && /failed|error/i.test(operation.phase);
  return (
    <>
      {deployment.healthMessage && (
        <p className={styles.message}>{deployment.healthMessage}</p>
      )}
      {failed && operation.message && (
        <p className={styles.message}>{operation.message}</p>
      )}
      {deployment.conditions
        .filter(condition => condition.message)
        .map(condition => (
          <p key={condition.type} className={styles.message}>
            {condition.type}: {condition.message}
          </p>
        ))}
    </>
  );
}

function VersionLine(props: {
  name: string;
  version: Version | undefined;
  strong?: boolean;
  children?: ReactNode;
}) {
  const { name, version, strong, children } = props;
  return (
    <>
      <dt>{name}</dt>
      <dd
        className={strong ? styles.strong : undefined}
        title={version?.images?.join('\n')}
      >
        {version?.text ?? '–'}
      </dd>
      <dd className={tokens.muted}>{children}</dd>
    </>
  );
}

function firstLine(message: string | undefined): string | undefined {
  return message?.split('\n')[0] || undefined;
}
