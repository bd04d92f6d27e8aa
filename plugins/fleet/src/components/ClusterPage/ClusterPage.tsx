import { Cluster, HubFreshness } from '@backstage-fleet/plugin-fleet-common';
import { Alert } from '@backstage/ui';
import { errorSentence } from '../../api';
import { useClusters } from '../../live';
import { unconfirmed } from '../../live/unconfirmed';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { clusterTitle, ErrorNote, useFleetLinks } from '../common';
import { newestVersion } from '../ClustersPage/kubernetesVersions';
import { PhaseLabel } from '../ClustersPage/PhaseLabel';
import { BackendBanner, HubBanners } from '../HubStatus';
import { BackLink, KeyValues, Page, PageSkeleton, Section } from '../PageParts';
import parts from '../PageParts/PageParts.module.css';
import { ClaimParts } from './ClaimParts';
import { ClusterButtons } from './ClusterButtons';
import { ClusterChanges } from './ClusterChanges';
import { ClusterFacts } from './ClusterFacts';
import styles from './ClusterPage.module.css';
import { ClusterServices } from './ClusterServices';

const EVERYTHING = {};

/** One cluster, kept current: where it stands and why, what runs there, its labels, and what was changed on it. */
export function ClusterPage(props: { hub: string; name: string }) {
  const { hub: hubId, name } = props;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  // All of them, because how far its version is behind is said of the whole fleet.
  const { value, error, answeredAt, reload } = useClusters(EVERYTHING);
  const cluster = value?.items.find(item => item.id === `${hubId}/${name}`);
  const hubs =
    value && error !== undefined
      ? unconfirmed(value.hubs, answeredAt)
      : value?.hubs ?? [];
  const hub = hubs.find(each => each.id === hubId);
  let content = <PageSkeleton />;
  if (value && cluster) {
    content = (
      <Content
        cluster={cluster}
        hub={hub}
        newest={newestVersion(value.items)}
      />
    );
  } else if (value) {
    content = (
      <Alert
        status="info"
        icon
        title={t('clusterPage.unknown', {
          cluster: name,
          hub: hub?.title ?? hubId,
        })}
        description={t('clusterPage.unknownHint')}
      />
    );
  } else if (error !== undefined) {
    content = (
      <ErrorNote
        title={t('clusterPage.failed')}
        error={error}
        onRetry={reload}
      />
    );
  }
  return (
    <Page title={cluster ? clusterTitle(cluster, hub) : name}>
      <BackLink href={links.clusters}>{t('clusters.all')}</BackLink>
      {value && error !== undefined && (
        <BackendBanner message={errorSentence(error)} answeredAt={answeredAt} />
      )}
      {cluster && error === undefined && hub && (
        <HubBanners hubs={[hub]} clusters={[cluster]} />
      )}
      {content}
    </Page>
  );
}

function Content(props: {
  cluster: Cluster;
  hub: HubFreshness | undefined;
  newest: string | undefined;
}) {
  const { cluster, hub, newest } = props;
  const { t } = useFleetTranslation();
  const machines = cluster.claim?.parts ?? [];
  const hasLabels = Object.keys(cluster.labels).length > 0;
  const hasAnnotations = Object.keys(cluster.annotations).length > 0;
  return (
    <>
      <header className={parts.head}>
        <h1 className={parts.title}>{clusterTitle(cluster, hub)}</h1>
        <PhaseLabel cluster={cluster} hub={hub} filled />
        <span className={tokens.muted}>
          {[
            cluster.environment,
            cluster.region,
            cluster.kind === 'in-cluster'
              ? t('matrix.inCluster')
              : hub?.title ?? cluster.hub,
          ]
            .filter(Boolean)
            .join(', ')}
        </span>
        <ClusterButtons cluster={cluster} newest={newest} />
      </header>
      <div className={styles.columns}>
        <div className={styles.column}>
          <Section title={t('clusterPage.services')}>
            <ClusterServices cluster={cluster} />
          </Section>
          <Section title={t('clusterPage.changes')}>
            <ClusterChanges cluster={cluster} />
          </Section>
        </div>
        <div className={styles.column}>
          <Section title={t('clusterPage.facts')}>
            <ClusterFacts cluster={cluster} hub={hub} newest={newest} />
          </Section>
          {machines.length > 0 && (
            <Section title={t('clusterPage.machines')}>
              <ClaimParts parts={machines} />
            </Section>
          )}
          <Section title={t('clusterPage.labels')}>
            {hasLabels ? (
              <KeyValues
                values={cluster.labels}
                label={t('clusterPage.labels')}
              />
            ) : (
              <p className={tokens.muted}>{t('clusterPage.noLabels')}</p>
            )}
          </Section>
          <Section title={t('clusterPage.annotations')}>
            {hasAnnotations ? (
              <KeyValues
                values={cluster.annotations}
                label={t('clusterPage.annotations')}
              />
            ) : (
              <p className={tokens.muted}>{t('clusterPage.noAnnotations')}</p>
            )}
          </Section>
        </div>
      </div>
    </>
  );
}
