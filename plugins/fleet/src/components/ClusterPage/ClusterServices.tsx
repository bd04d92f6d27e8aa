import {
  Cluster,
  Deployment,
  FoundDeployment,
  HubFreshness,
} from '@backstage-fleet/plugin-fleet-common';
import { Link, Skeleton } from '@backstage/ui';
import { useFoundDeployments } from '../../live';
import { unconfirmed } from '../../live/unconfirmed';
import { ignoranceOf, severity, timeOf } from '../../matrix/cellView';
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
import styles from './ClusterPage.module.css';

/** The services of a cluster, the worst first. */
export function ClusterServices(props: { cluster: Cluster }) {
  const { cluster } = props;
  const { t } = useFleetTranslation();
  const { value, error, loading, answeredAt, reload } = useFoundDeployments({
    hub: cluster.hub,
    text: cluster.name,
  });
  if (loading) {
    return (
      <Skeleton width="100%" height={120} aria-label={t('details.loading')} />
    );
  }
  if (!value) {
    return (
      <ErrorNote
        title={t('clusterPage.servicesFailed')}
        error={error}
        onRetry={reload}
      />
    );
  }
  const hubs =
    error === undefined ? value.hubs : unconfirmed(value.hubs, answeredAt);
  const hub = hubs.find(each => each.id === cluster.hub);
  const items = value.items
    // The text is looked for in every name.
    .filter(item => item.cluster.id === cluster.id)
    .sort(
      (a, b) =>
        severity(a.deployment.state) - severity(b.deployment.state) ||
        a.service.localeCompare(b.service),
    );
  if (items.length === 0) {
    return <p className={tokens.muted}>{t('clusterPage.noServices')}</p>;
  }
  return (
    <ul className={styles.services} aria-label={t('clusterPage.services')}>
      {items.map(item => (
        <ServiceItem key={item.deployment.id} item={item} hub={hub} />
      ))}
    </ul>
  );
}

function ServiceItem(props: {
  item: FoundDeployment;
  hub: HubFreshness | undefined;
}) {
  const { service, deployment } = props.item;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  const trust = trustOf(deployment, props.hub);
  const silent = trust.status !== 'live';
  return (
    <li
      className={classes(styles.service, silent && styles.hatched)}
      data-state={silent ? undefined : deployment.state}
    >
      <Link href={links.service(service)} standalone weight="bold">
        {service}
      </Link>
      <span className={styles.version}>
        {deployment.running?.text ?? deployment.desired?.text ?? '–'}
      </span>
      <span className={styles.stack}>
        <StateLabel
          state={silent ? ignoranceOf(trust.status, true) : deployment.state}
        />
        {silent && (
          <span className={tokens.muted}>
            {t('clusters.lastKnown', { phase: t(`state.${deployment.state}`) })}
          </span>
        )}
      </span>
      <RelativeTime
        time={silent ? timeOf(trust.observedAt) : deployment.healthSince}
        form="bare"
        className={tokens.muted}
      />
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
      {!silent &&
        deployment.state !== 'healthy' &&
        deployment.healthMessage && (
          <span className={classes(tokens.muted, styles.message)}>
            {deployment.healthMessage}
          </span>
        )}
    </li>
  );
}

/** How far a deployment can be trusted: no further than its hub, nor than the cluster's own connection. */
function trustOf(
  { freshness }: Deployment,
  hub: HubFreshness | undefined,
): HubFreshness {
  if (hub?.status === 'live' && freshness && freshness.status !== 'live') {
    return { ...hub, ...freshness };
  }
  return hub ?? { id: '', title: '', status: 'connecting' };
}
