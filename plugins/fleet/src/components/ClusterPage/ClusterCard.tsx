import { Cluster, HubFreshness } from '@backstage-fleet/plugin-fleet-common';
import { Link, Skeleton } from '@backstage/ui';
import { useClusters } from '../../live';
import { unconfirmed } from '../../live/unconfirmed';
import { StateLabel } from '../../states';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { phaseOf } from '../ClustersPage/clusterPhase';
import { versionOf, writtenVersion } from '../ClustersPage/kubernetesVersions';
import { PhaseLabel } from '../ClustersPage/PhaseLabel';
import { CatalogCard, ErrorNote, Sentence, useFleetLinks } from '../common';
import styles from './ClusterCard.module.css';
import { ClusterLine, countStates } from './clusterLines';
import { useClusterLines } from './useClusterLines';

/** How many services the card names. */
const NAMED = 6;

/**
 * A cluster in short: its phase, its Kubernetes version, how many services are in which state, and the worst of them.
 *
 * @public
 */
export function ClusterCard(props: {
  /** `hub/name` */
  id: string;
}) {
  const { id } = props;
  return (
    <CatalogCard href={useFleetLinks().cluster(id)}>
      <Body id={id} />
    </CatalogCard>
  );
}

function Body(props: { id: string }) {
  const slash = props.id.indexOf('/');
  const hubId = props.id.slice(0, slash);
  const name = props.id.slice(slash + 1);
  const { t } = useFleetTranslation();
  const { value, error, loading, answeredAt, reload } = useClusters({
    hub: hubId,
    text: name,
  });
  if (loading) {
    return (
      <Skeleton width="100%" height={120} aria-label={t('details.loading')} />
    );
  }
  if (!value) {
    return (
      <ErrorNote
        title={t('clusterPage.failed')}
        error={error}
        onRetry={reload}
      />
    );
  }
  const hubs =
    error === undefined ? value.hubs : unconfirmed(value.hubs, answeredAt);
  const hub = hubs.find(each => each.id === hubId);
  const cluster = value.items.find(item => item.id === props.id);
  return cluster ? (
    <Summary cluster={cluster} hub={hub} />
  ) : (
    <p className={tokens.muted}>
      {t('clusterPage.unknown', { cluster: name, hub: hub?.title ?? hubId })}{' '}
      {t('clusterPage.unknownHint')}
    </p>
  );
}

function Summary(props: { cluster: Cluster; hub: HubFreshness | undefined }) {
  const { cluster, hub } = props;
  const { t } = useFleetTranslation();
  const { value: lines, error, loading, reload } = useClusterLines(cluster);
  const version = versionOf(cluster);
  return (
    <>
      <dl className={styles.summary}>
        <dt>{t('clusters.phase')}</dt>
        <dd>
          <PhaseLabel cluster={cluster} hub={hub} filled />
          {cluster.claim && phaseOf(cluster) !== 'ready' && (
            <p className={tokens.muted}>
              <Sentence text={cluster.claim.sentence} />
            </p>
          )}
        </dd>
        {version && (
          <>
            <dt>{t('clusters.kubernetes')}</dt>
            <dd>{writtenVersion(version)}</dd>
          </>
        )}
        <dt>{t('clusters.services')}</dt>
        <dd>
          {loading && (
            <Skeleton
              width="100%"
              height={48}
              aria-label={t('details.loading')}
            />
          )}
          {lines && <States lines={lines} />}
          {!lines && !loading && (
            <ErrorNote
              title={t('clusterPage.servicesFailed')}
              error={error}
              onRetry={reload}
            />
          )}
        </dd>
      </dl>
      {lines && lines.length > 0 && <Services lines={lines} />}
    </>
  );
}

function States(props: { lines: ClusterLine[] }) {
  const { lines } = props;
  const { t } = useFleetTranslation();
  if (lines.length === 0) {
    return <span className={tokens.muted}>{t('clusterPage.noServices')}</span>;
  }
  return (
    <ul className={styles.states} aria-label={t('clusterPage.states')}>
      {countStates(lines).map(({ state, count }) => (
        <li key={state}>
          <StateLabel state={state}>
            {t('clusterPage.inState', {
              number: String(count),
              state: t(`state.${state}`),
            })}
          </StateLabel>
        </li>
      ))}
    </ul>
  );
}

function Services(props: { lines: ClusterLine[] }) {
  const { lines } = props;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  return (
    <>
      <ul className={styles.services} aria-label={t('clusterPage.services')}>
        {lines.slice(0, NAMED).map(line => (
          <li
            key={line.deployment.id}
            className={classes(line.silent && styles.hatched)}
          >
            <Link href={links.service(line.service)} variant="body-small">
              {line.service}
            </Link>
            <span className={styles.version}>
              {line.deployment.running?.text ??
                line.deployment.desired?.text ??
                '–'}
            </span>
            <StateLabel state={line.state} />
          </li>
        ))}
      </ul>
      {lines.length > NAMED && (
        <p className={classes(tokens.muted, styles.more)}>
          {t('details.more', { number: String(lines.length - NAMED) })}
        </p>
      )}
    </>
  );
}
