import {
  ClusterList,
  fleetChangeCreatePermission,
} from '@backstage-fleet/plugin-fleet-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { Alert, Button, ButtonLink, SearchField } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import { useState } from 'react';
import { errorSentence } from '../../api';
import { useClusters } from '../../live';
import { unconfirmed } from '../../live/unconfirmed';
import { compareEnvironments } from '../../matrix/columns';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ErrorNote, useFleetLinks } from '../common';
import { FilterMenu } from '../FleetPage/FilterMenu';
import { BackendBanner, HubBanners } from '../HubStatus';
import { Page, PageSkeleton } from '../PageParts';
import parts from '../PageParts/PageParts.module.css';
import { useNarrow } from '../useNarrow';
import { ClusterSelectionBar } from './ClusterSelectionBar';
import { PHASES, phaseOf } from './clusterPhase';
import { regionsOf, worstRegionsFirst } from './clusterRegions';
import { newestVersion } from './kubernetesVersions';
import { RegionClusters } from './RegionClusters';
import {
  DECLARED,
  matchesCluster,
  NO_CLUSTER_FILTER,
  useClusterFilter,
} from './useClusterFilter';

const EVERYTHING = {};
const NONE_SELECTED: ReadonlySet<string> = new Set();

/** The clusters by region: where each stands, what it runs, and how to change it. */
export function ClustersPage() {
  const { t } = useFleetTranslation();
  const { value, error, loading, answeredAt, reload } = useClusters(EVERYTHING);
  if (loading) {
    return (
      <Page title={t('tabs.clusters')}>
        <PageSkeleton />
      </Page>
    );
  }
  if (!value) {
    return (
      <Page title={t('tabs.clusters')}>
        <ErrorNote
          title={t('clusters.failed')}
          error={error}
          onRetry={reload}
        />
      </Page>
    );
  }
  const list =
    error === undefined
      ? value
      : { ...value, hubs: unconfirmed(value.hubs, answeredAt) };
  return (
    <Page title={t('tabs.clusters')}>
      {error !== undefined ? (
        <BackendBanner message={errorSentence(error)} answeredAt={answeredAt} />
      ) : (
        <HubBanners hubs={list.hubs} clusters={list.items} />
      )}
      <Content list={list} />
    </Page>
  );
}

function Content(props: { list: ClusterList }) {
  const { items, hubs } = props.list;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  const [filter, change] = useClusterFilter();
  const shown = items.filter(cluster => matchesCluster(cluster, filter));
  const newest = newestVersion(items);
  const narrow = useNarrow();
  const permission = usePermission({ permission: fleetChangeCreatePermission });
  const [selected, setSelected] = useState<ReadonlySet<string>>(NONE_SELECTED);
  const select = (ids: string[], on: boolean) =>
    setSelected(before => {
      const next = new Set(before);
      ids.forEach(id => (on ? next.add(id) : next.delete(id)));
      return next;
    });
  const regions = regionsOf(shown);
  const environments = [...new Set(items.map(cluster => cluster.environment))]
    .filter((value): value is string => Boolean(value))
    .sort(compareEnvironments);
  const phases = PHASES.filter(phase =>
    items.some(cluster => phaseOf(cluster) === phase),
  );
  return (
    <>
      <div
        role="search"
        aria-label={t('filter.label')}
        className={parts.filters}
      >
        <div className={parts.search}>
          <SearchField
            size="small"
            aria-label={t('clusters.search')}
            placeholder={t('clusters.search')}
            value={filter.text}
            onChange={text => change({ text })}
          />
        </div>
        <FilterMenu
          name={t('clusters.environment')}
          options={environments.map(value => ({ value, label: value }))}
          chosen={filter.environments}
          onChange={chosen => change({ environments: chosen })}
        />
        <FilterMenu
          name={t('clusters.phaseFilter')}
          options={phases.map(value => ({
            value,
            label: t(`clusters.phases.${value}`),
          }))}
          chosen={filter.phases}
          onChange={chosen => change({ phases: chosen })}
        />
        <FilterMenu
          name={t('clusters.declaredFilter')}
          options={DECLARED.map(value => ({
            value,
            label: t(
              value === 'unknown' ? 'clusters.notKnown' : `clusters.${value}`,
            ),
          }))}
          chosen={filter.declared}
          onChange={chosen => change({ declared: chosen })}
        />
        {hubs.length > 1 && (
          <FilterMenu
            name={t('clusters.hub')}
            options={hubs.map(({ id, title }) => ({ value: id, label: title }))}
            chosen={filter.hubs}
            onChange={chosen => change({ hubs: chosen })}
          />
        )}
        {links.createCluster && (
          <ButtonLink
            size="small"
            variant="primary"
            iconStart={<RiAddLine />}
            href={links.createCluster}
          >
            {t('clusters.newCluster')}
          </ButtonLink>
        )}
      </div>
      {items.length === 0 && (
        <Alert
          status="info"
          icon
          title={t('matrix.noClusters')}
          description={t('matrix.noClustersHint')}
        />
      )}
      {items.length > 0 && shown.length === 0 && (
        <div className={parts.nothing}>
          <span>{t('clusters.nothingMatches')}</span>
          <Button
            size="small"
            variant="secondary"
            onPress={() => change(NO_CLUSTER_FILTER)}
          >
            {t('clusters.showAll')}
          </Button>
        </div>
      )}
      {(narrow ? worstRegionsFirst(regions) : regions).map(region => (
        <RegionClusters
          key={region.region}
          region={region}
          hubs={hubs}
          newest={newest}
          selection={
            permission.allowed ? { selected, onSelect: select } : undefined
          }
        />
      ))}
      <ClusterSelectionBar
        clusters={shown.filter(cluster => selected.has(cluster.id))}
        newest={newest}
        onClear={() => setSelected(NONE_SELECTED)}
      />
    </>
  );
}
