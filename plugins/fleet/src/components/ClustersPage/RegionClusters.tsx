import { Cluster, HubFreshness } from '@backstage-fleet/plugin-fleet-common';
import { Checkbox, Link } from '@backstage/ui';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { clusterTitle, Sentence, useFleetLinks } from '../common';
import { isChangeable } from './clusterActions';
import { ClusterMenu } from './ClusterMenu';
import { declaredOf, hubSilence, PHASE_LOOKS, phaseOf } from './clusterPhase';
import { ClusterRegion } from './clusterRegions';
import styles from './ClustersPage.module.css';
import { KubernetesVersion } from './KubernetesVersion';
import { PhaseLabel } from './PhaseLabel';

/** The same columns in the table of every region. */
const WIDTHS = [40, '20%', '15%', '10%', '7%', '7%', undefined, '10%', 56];

/** How many labels a line names. */
const NAMED = 2;

/** Which clusters are selected, by id. */
export interface ClusterSelection {
  selected: ReadonlySet<string>;
  onSelect: (ids: string[], selected: boolean) => void;
}

/** The clusters of one region as a table; in one column on narrow screens. */
export function RegionClusters(props: {
  region: ClusterRegion;
  hubs: HubFreshness[];
  newest: string | undefined;
  /** Given where clusters can be selected. */
  selection?: ClusterSelection;
}) {
  const { region, hubs, newest, selection } = props;
  const { t } = useFleetTranslation();
  const name = region.region || t('matrix.noRegion');
  return (
    <section aria-label={name}>
      <h2 className={styles.region}>
        {name}{' '}
        <span className={tokens.muted}>
          {t('clusters.count', { count: region.clusters.length })}
        </span>
      </h2>
      <div className={styles.frame}>
        <table
          className={styles.table}
          aria-label={t('clusters.label', { region: name })}
        >
          <colgroup>
            {WIDTHS.slice(selection ? 0 : 1).map((width, at) => (
              <col key={at} style={{ width }} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {selection && (
                <td>
                  <SelectRegion region={region} selection={selection} />
                </td>
              )}
              <th scope="col">{t('clusters.cluster')}</th>
              <th scope="col">{t('clusters.phase')}</th>
              <th scope="col">{t('clusters.kubernetes')}</th>
              <th scope="col">{t('clusters.declared')}</th>
              <th scope="col">{t('clusters.services')}</th>
              <th scope="col" className={styles.seldom}>
                {t('clusters.labels')}
              </th>
              <th scope="col" className={styles.seldom}>
                {t('clusters.hub')}
              </th>
              <td />
            </tr>
          </thead>
          <tbody>
            {region.clusters.map(cluster => (
              <ClusterRow
                key={cluster.id}
                cluster={cluster}
                hub={hubs.find(hub => hub.id === cluster.hub)}
                newest={newest}
                selection={selection}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function ClusterRow(props: {
  cluster: Cluster;
  hub: HubFreshness | undefined;
  newest: string | undefined;
  selection: ClusterSelection | undefined;
}) {
  const { cluster, hub, newest, selection } = props;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  const silent = hubSilence(hub) !== undefined;
  const phase = phaseOf(cluster);
  return (
    <tr
      data-state={silent ? undefined : PHASE_LOOKS[phase]}
      className={classes(silent && styles.hatched)}
    >
      {selection && (
        <td className={styles.select}>
          {isChangeable(cluster) && (
            <Checkbox
              aria-label={t('clusters.select', { cluster: cluster.name })}
              isSelected={selection.selected.has(cluster.id)}
              onChange={on => selection.onSelect([cluster.id], on)}
            />
          )}
        </td>
      )}
      <th scope="row">
        <Link href={links.cluster(cluster.id)} standalone weight="bold">
          {clusterTitle(cluster, hub)}
        </Link>
        <span className={classes(tokens.muted, styles.small)}>
          {[cluster.environment, cluster.kind === 'in-cluster' && cluster.name]
            .filter(Boolean)
            .join(', ')}
        </span>
      </th>
      <td data-label={t('clusters.phase')}>
        <span className={styles.stack}>
          <PhaseLabel cluster={cluster} hub={hub} />
          {phase !== 'ready' && cluster.claim && (
            <span className={classes(tokens.muted, styles.small)}>
              <Sentence text={cluster.claim.sentence} />
            </span>
          )}
        </span>
      </td>
      <td data-label={t('clusters.kubernetes')}>
        <KubernetesVersion cluster={cluster} newest={newest} />
      </td>
      <td data-label={t('clusters.declared')}>
        <Declared cluster={cluster} />
      </td>
      <td data-label={t('clusters.services')} className={styles.number}>
        {cluster.services}
      </td>
      <td data-label={t('clusters.labels')} className={styles.seldom}>
        <LabelsInShort labels={cluster.labels} />
      </td>
      <td data-label={t('clusters.hub')} className={styles.seldom}>
        {hub?.title ?? cluster.hub}
      </td>
      <td className={styles.menu}>
        <ClusterMenu cluster={cluster} newest={newest} />
      </td>
    </tr>
  );
}

function SelectRegion(props: {
  region: ClusterRegion;
  selection: ClusterSelection;
}) {
  const { region, selection } = props;
  const { t } = useFleetTranslation();
  const ids = region.clusters.filter(isChangeable).map(({ id }) => id);
  const chosen = ids.filter(id => selection.selected.has(id)).length;
  return ids.length > 0 ? (
    <Checkbox
      aria-label={t('clusters.selectRegion', {
        region: region.region || t('matrix.noRegion'),
      })}
      isSelected={chosen === ids.length}
      isIndeterminate={chosen > 0 && chosen < ids.length}
      onChange={on => selection.onSelect(ids, on)}
    />
  ) : null;
}

/** Whether a file in Git declares the cluster. */
export function Declared(props: { cluster: Cluster }) {
  const { cluster } = props;
  const { t } = useFleetTranslation();
  switch (declaredOf(cluster)) {
    case 'git':
      return <span title={cluster.file}>{t('clusters.git')}</span>;
    case 'pet':
      return <em title={t('clusters.petHint')}>{t('clusters.pet')}</em>;
    default:
      return <span className={tokens.muted}>{t('clusters.notKnown')}</span>;
  }
}

function LabelsInShort(props: { labels: Record<string, string> }) {
  const { t } = useFleetTranslation();
  const labels = Object.entries(props.labels)
    .filter(([key]) => !key.startsWith('argocd.argoproj.io/'))
    .map(([key, value]) => `${key}=${value}`)
    .sort();
  const more = labels.slice(NAMED);
  return (
    <span className={styles.labels}>
      {labels.slice(0, NAMED).map(label => (
        <code key={label} className={tokens.code}>
          {label}
        </code>
      ))}
      {more.length > 0 && (
        <span className={tokens.muted} title={more.join('\n')}>
          {t('clusters.moreLabels', { number: String(more.length) })}
        </span>
      )}
    </span>
  );
}
