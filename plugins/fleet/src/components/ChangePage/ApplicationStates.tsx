import {
  Deployment,
  PlannedApplication,
} from '@backstage-fleet/plugin-fleet-common';
import { CellState } from '../../matrix/cellView';
import { StateLabel } from '../../states';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ExternalLink } from '../common';
import styles from './ChangePage.module.css';
import { StepId } from './changeSteps';
import { Followed } from './useFollowed';

/** How many Applications are named. */
const NAMED = 12;

const SYNC_LOOKS: Record<Deployment['sync'], CellState> = {
  Synced: 'healthy',
  OutOfSync: 'out-of-sync',
  Unknown: 'unknown',
};

const HEALTH_LOOKS: Record<Deployment['health'], CellState> = {
  Healthy: 'healthy',
  Progressing: 'progressing',
  Degraded: 'degraded',
  Suspended: 'suspended',
  Missing: 'missing',
  Unknown: 'unknown',
};

/** The Applications of a step with their states, those that are not there yet first. */
export function ApplicationStates(props: {
  applications: PlannedApplication[];
  step: StepId;
  followed: Followed;
}) {
  const { applications, step, followed } = props;
  const { t } = useFleetTranslation();
  if (!followed.known) {
    return null;
  }
  const lines = applications
    .map(application => {
      const deployment = followed.deploymentOf(application);
      return {
        application,
        deployment,
        arrived: hasArrived(step, application, deployment, followed.live),
      };
    })
    .sort((a, b) => Number(a.arrived) - Number(b.arrived));
  return (
    <div className={styles.below}>
      <p className={tokens.muted}>
        {t('changePage.progressOf', {
          done: String(lines.filter(line => line.arrived).length),
          total: String(lines.length),
          of: t('changePage.applications'),
        })}
      </p>
      <ul className={styles.conditions}>
        {lines.slice(0, NAMED).map(({ application, deployment }) => (
          <li key={`${application.cluster} ${application.name}`}>
            <Condition
              step={step}
              application={application}
              deployment={deployment}
              live={followed.live}
            />
            <span className={styles.conditionName}>
              {application.name}{' '}
              {deployment?.argocdUrl && (
                <ExternalLink
                  href={deployment.argocdUrl}
                  label={`${t('details.argocd')}, ${application.name}`}
                >
                  {t('details.argocd')}
                </ExternalLink>
              )}
            </span>
            {deployment?.healthMessage && deployment.health !== 'Healthy' && (
              <span className={tokens.muted}>{deployment.healthMessage}</span>
            )}
          </li>
        ))}
      </ul>
      {lines.length > NAMED && (
        <p className={tokens.muted}>
          {t('changePage.more', { number: String(lines.length - NAMED) })}
        </p>
      )}
    </div>
  );
}

function Condition(props: {
  step: StepId;
  application: PlannedApplication;
  deployment: Deployment | undefined;
  live: boolean;
}) {
  const { step, application, deployment, live } = props;
  const { t } = useFleetTranslation();
  if (!deployment && !live) {
    return <StateLabel state="unknown" />;
  }
  if (application.action === 'delete') {
    return deployment ? (
      <StateLabel state="progressing">{t('changePage.stillThere')}</StateLabel>
    ) : (
      <StateLabel state="healthy">{t('changePage.gone')}</StateLabel>
    );
  }
  if (!deployment) {
    return (
      <StateLabel state="not-deployed">{t('changePage.notThere')}</StateLabel>
    );
  }
  if (step === 'synced') {
    const text = {
      Synced: t('service.inSync'),
      OutOfSync: t('service.outOfSync'),
      Unknown: t('service.unknownSync'),
    }[deployment.sync];
    return <StateLabel state={SYNC_LOOKS[deployment.sync]}>{text}</StateLabel>;
  }
  return <StateLabel state={HEALTH_LOOKS[deployment.health]} />;
}

function hasArrived(
  step: StepId,
  { action }: PlannedApplication,
  deployment: Deployment | undefined,
  live: boolean,
): boolean {
  if (action === 'delete') {
    return deployment === undefined && live;
  }
  return step === 'synced'
    ? deployment?.sync === 'Synced'
    : deployment?.health === 'Healthy';
}
