import { Cluster, HubFreshness } from '@backstage-fleet/plugin-fleet-common';
import { Link } from '@backstage/ui';
import { ReactNode } from 'react';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { StateLabel } from '../../states';
import { EntityLink, RelativeTime, Sentence, useFleetLinks } from '../common';
import { KubernetesVersion } from '../ClustersPage/KubernetesVersion';
import { Declared } from '../ClustersPage/RegionClusters';
import { Facts } from '../PageParts';
import styles from './ClusterPage.module.css';
import { useClusterEntity } from './useClusterEntity';

/** What is known of a cluster itself: version, declaration, connection, and the claim that it is made from. */
export function ClusterFacts(props: {
  cluster: Cluster;
  hub: HubFreshness | undefined;
  newest: string | undefined;
}) {
  const { cluster, hub, newest } = props;
  const { claim } = cluster;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  const entity = useClusterEntity(cluster);
  return (
    <Facts
      facts={[
        [
          t('clusters.kubernetes'),
          <KubernetesVersion cluster={cluster} newest={newest} />,
        ],
        [
          t('clusters.declared'),
          cluster.file ? (
            <span className={tokens.mono}>{cluster.file}</span>
          ) : (
            <Declared cluster={cluster} />
          ),
        ],
        [
          t('clusters.hub'),
          <Link href={links.hubs} variant="body-small">
            {hub?.title ?? cluster.hub}
          </Link>,
        ],
        [
          t('matrix.owner'),
          entity?.owner && <EntityLink entityRef={entity.owner} />,
        ],
        [
          t('clusterPage.catalog'),
          entity && <EntityLink entityRef={entity.entityRef} />,
        ],
        [t('clusterPage.connection'), <Connection cluster={cluster} />],
        [
          t('clusterPage.server'),
          cluster.server && (
            <span className={tokens.mono}>{cluster.server}</span>
          ),
        ],
        [t('clusterPage.project'), cluster.project],
        [t('clusterPage.claim'), claim && <Claim cluster={cluster} />],
        [t('clusterPage.blueprint'), claim?.blueprint],
      ]}
    />
  );
}

function Connection(props: { cluster: Cluster }): ReactNode {
  const { connection, registered } = props.cluster;
  const { t } = useFleetTranslation();
  if (registered === false) {
    return t('clusters.phases.unregistered');
  }
  if (!connection || connection.status === 'Unknown') {
    return <span className={tokens.muted}>{t('clusters.notKnown')}</span>;
  }
  return (
    <span className={styles.stack}>
      <StateLabel
        state={connection.status === 'Failed' ? 'unreachable' : 'healthy'}
      >
        {t(
          connection.status === 'Failed'
            ? 'clusterPage.disconnected'
            : 'clusterPage.connected',
        )}
      </StateLabel>
      {connection.status === 'Failed' && connection.message && (
        <span>{connection.message}</span>
      )}
      {connection.attemptedAt && (
        <RelativeTime time={connection.attemptedAt} className={tokens.muted} />
      )}
    </span>
  );
}

function Claim(props: { cluster: Cluster }) {
  const claim = props.cluster.claim!;
  const { t } = useFleetTranslation();
  return (
    <span className={styles.stack}>
      <span className={tokens.mono}>
        {claim.kind} {[claim.namespace, claim.name].filter(Boolean).join('/')}
      </span>
      <span>
        <Sentence text={claim.sentence} />{' '}
        <RelativeTime time={claim.since} form="for" className={tokens.muted} />
      </span>
      {claim.progress && claim.progress.done < claim.progress.total && (
        <span>
          {t('changePage.progressOf', {
            done: String(claim.progress.done),
            total: String(claim.progress.total),
            of: t(`changePage.${claim.progress.of}`),
          })}
        </span>
      )}
      {claim.reason && claim.state !== 'ready' && (
        <code className={styles.reason}>{claim.reason}</code>
      )}
    </span>
  );
}
