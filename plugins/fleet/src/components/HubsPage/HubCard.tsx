import { Hub, HubFreshness } from '@backstage-fleet/plugin-fleet-common';
import { Link } from '@backstage/ui';
import { timeOf } from '../../matrix/cellView';
import { StateLabel } from '../../states';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ExternalLink, RelativeTime, useFleetLinks } from '../common';
import { HubRemedy } from './HubRemedy';
import styles from './HubsPage.module.css';
import { STATUS_LOOKS } from './looks';
import { KindTable } from './KindTable';

/** One hub: its freshness as a whole and by kind, what is wrong and what to do, and how much is read from it. */
export function HubCard(props: { hub: Hub; freshness: HubFreshness }) {
  const { hub, freshness } = props;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  const { clusters, applications, applicationSets } = hub.counts;
  return (
    <article className={styles.hub} aria-label={hub.title}>
      <header className={styles.head}>
        <h2 className={styles.title}>{hub.title}</h2>
        <StateLabel state={STATUS_LOOKS[freshness.status]} filled>
          <span className={styles.word}>
            {t(`hub.status.${freshness.status}`)}
          </span>
        </StateLabel>
        <span className={tokens.muted}>
          {t('hubs.heard')}{' '}
          {timeOf(freshness.observedAt) === undefined ? (
            t('hubs.never')
          ) : (
            <RelativeTime time={freshness.observedAt} />
          )}
        </span>
        {hub.argocdUrl && (
          <span className={styles.argocd}>
            <ExternalLink
              href={hub.argocdUrl}
              label={`${t('hubs.argocd')}, ${hub.title}`}
            >
              {t('hubs.argocd')}
            </ExternalLink>
          </span>
        )}
      </header>
      <p className={classes(tokens.muted, styles.counts)}>
        <span>
          {links.clusters ? (
            <Link
              href={`${links.clusters}?hub=${encodeURIComponent(hub.id)}`}
              variant="body-small"
            >
              {t('hubs.clusters', { count: clusters })}
            </Link>
          ) : (
            t('hubs.clusters', { count: clusters })
          )}
        </span>
        <span>{t('hubs.applications', { count: applications })}</span>
        <span>{t('hubs.applicationSets', { count: applicationSets })}</span>
        {hub.actions !== undefined && (
          <span>{t(hub.actions ? 'hubs.actions' : 'hubs.readOnly')}</span>
        )}
        <span className={tokens.mono}>{hub.url}</span>
      </p>
      <HubRemedy freshness={freshness} kinds={hub.kinds} />
      {hub.kinds.length > 0 && <KindTable kinds={hub.kinds} hub={hub.title} />}
    </article>
  );
}
