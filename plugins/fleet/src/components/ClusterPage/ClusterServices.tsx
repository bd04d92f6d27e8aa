import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { Link, Skeleton } from '@backstage/ui';
import { StateLabel } from '../../states';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import {
  ErrorNote,
  ExternalLink,
  RelativeTime,
  useFleetLinks,
} from '../common';
import { ClusterLine } from './clusterLines';
import styles from './ClusterPage.module.css';
import { useClusterLines } from './useClusterLines';

/** The services of a cluster, the worst first. */
export function ClusterServices(props: { cluster: Cluster }) {
  const { cluster } = props;
  const { t } = useFleetTranslation();
  const { value: lines, error, loading, reload } = useClusterLines(cluster);
  if (loading) {
    return (
      <Skeleton width="100%" height={120} aria-label={t('details.loading')} />
    );
  }
  if (!lines) {
    return (
      <ErrorNote
        title={t('clusterPage.servicesFailed')}
        error={error}
        onRetry={reload}
      />
    );
  }
  if (lines.length === 0) {
    return <p className={tokens.muted}>{t('clusterPage.noServices')}</p>;
  }
  return (
    <ul className={styles.services} aria-label={t('clusterPage.services')}>
      {lines.map(line => (
        <ServiceItem key={line.deployment.id} line={line} />
      ))}
    </ul>
  );
}

function ServiceItem(props: { line: ClusterLine }) {
  const { service, deployment, state, silent, since } = props.line;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  return (
    <li
      className={classes(styles.service, silent && styles.hatched)}
      data-state={silent ? undefined : state}
    >
      <Link href={links.service(service)} standalone weight="bold">
        {service}
      </Link>
      <span className={styles.version}>
        {deployment.running?.text ?? deployment.desired?.text ?? '–'}
      </span>
      <span className={styles.stack}>
        <StateLabel state={state} />
        {silent && (
          <span className={tokens.muted}>
            {t('clusters.lastKnown', { phase: t(`state.${deployment.state}`) })}
          </span>
        )}
      </span>
      <RelativeTime time={since} form="bare" className={tokens.muted} />
      <span className={styles.link}>
        {deployment.argocdUrl && (
          <ExternalLink
            href={deployment.argocdUrl}
            label={`${t('details.argocd')}, ${service}`}
          >
            {t('details.argocd')}
          </ExternalLink>
        )}
      </span>
      {!silent && state !== 'healthy' && deployment.healthMessage && (
        <span className={classes(tokens.muted, styles.message)}>
          {deployment.healthMessage}
        </span>
      )}
    </li>
  );
}
