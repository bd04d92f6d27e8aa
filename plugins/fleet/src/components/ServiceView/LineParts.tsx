import { useAge } from '../../live/useAge';
import { CellState, isAbsent } from '../../matrix/cellView';
import { StateLabel, lastKnownText } from '../../states';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ExternalLink } from '../common';
import { DeploymentLine } from './deploymentRows';
import styles from './ServiceView.module.css';

const SYNC: Record<string, CellState> = {
  Synced: 'healthy',
  OutOfSync: 'out-of-sync',
  Unknown: 'unknown',
};

const HEALTH: Record<string, CellState> = {
  Healthy: 'healthy',
  Progressing: 'progressing',
  Degraded: 'degraded',
  Suspended: 'suspended',
  Missing: 'missing',
  Unknown: 'unknown',
};

/** The health of a line: the deployment's, that it is absent, or that the hub is not heard and what it last said. */
export function LineHealth(props: { line: DeploymentLine }) {
  const { view, deployment } = props.line;
  const { t } = useFleetTranslation();
  const age = useAge(view.hatched ? view.observedAt : undefined);
  if (view.hatched) {
    return (
      <span className={styles.stack}>
        <StateLabel state={view.state} />
        <span className={styles.small}>{lastKnownText(view, age, t)}</span>
      </span>
    );
  }
  return (
    <StateLabel
      state={deployment ? HEALTH[deployment.health] : 'not-deployed'}
    />
  );
}

/** Whether the cluster has what Git says; nothing where that is not known. */
export function LineSync(props: { line: DeploymentLine }) {
  const { view, deployment } = props.line;
  const { t } = useFleetTranslation();
  if (!deployment || view.hatched) {
    return <span className={tokens.muted}>–</span>;
  }
  const text = {
    Synced: t('service.inSync'),
    OutOfSync: t('service.outOfSync'),
    Unknown: t('service.unknownSync'),
  }[deployment.sync];
  return <StateLabel state={SYNC[deployment.sync]}>{text}</StateLabel>;
}

/** Links to the Application in Argo CD and to the commit that is synced. */
export function LineLinks(props: { line: DeploymentLine }) {
  const { deployment, cluster } = props.line;
  const { t } = useFleetTranslation();
  const commit = deployment?.synced?.commit ?? deployment?.desired?.commit;
  return (
    <>
      {deployment?.argocdUrl && (
        <ExternalLink
          href={deployment.argocdUrl}
          label={`${t('details.argocd')}, ${cluster.name}`}
        >
          {t('details.argocd')}
        </ExternalLink>
      )}
      {commit?.url && (
        <ExternalLink
          href={commit.url}
          label={`${t('details.commit')} ${commit.sha.slice(0, 7)}, ${
            cluster.name
          }`}
        >
          {commit.sha.slice(0, 7)}
        </ExternalLink>
      )}
    </>
  );
}

/** Whether a line has no deployment as far as anybody knows. */
export function lineIsAbsent(line: DeploymentLine): boolean {
  return isAbsent(line.view) || line.deployment === undefined;
}
