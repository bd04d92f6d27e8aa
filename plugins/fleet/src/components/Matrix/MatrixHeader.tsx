import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { memo, useMemo } from 'react';
import { VirtualItem } from '@tanstack/react-virtual';
import {
  MatrixColumn,
  MatrixRegion,
  columnHead,
  isProduction,
} from '../../matrix/columns';
import { FleetMatrix } from '../../matrix/matrix';
import { Skew } from '../../matrix/skew';
import { classes } from '../../styles/classes';
import { useFleetTranslation } from '../../useFleetTranslation';
import { clusterTitle } from '../common';
import { Chevron } from './Chevron';
import { RegionRollUp } from './RegionRollUp';
import styles from './Matrix.module.css';

const ColumnHead = memo(PlainColumnHead);

/** The sticky head: regions with their hub and roll-up, below them the clusters. Scrolling downwards leaves it as it is. */
export const MatrixHeader = memo(PlainMatrixHeader);

function PlainMatrixHeader(props: {
  matrix: FleetMatrix;
  rows: number[];
  columns: MatrixColumn[];
  regions: MatrixRegion[];
  skew: Skew;
  virtualColumns: VirtualItem[];
  width: number;
  columnWidth: number;
  firstWidth: number;
  onToggleRegion: (key: string) => void;
}) {
  const { matrix, rows, columns, regions, virtualColumns } = props;
  const { columnWidth, firstWidth, onToggleRegion } = props;
  const { t } = useFleetTranslation();
  const drawn = new Set(
    virtualColumns.map(item => columns[item.index]?.region),
  );
  const regionByKey = useMemo(
    () => new Map(regions.map(region => [region.key, region])),
    [regions],
  );
  const hubTitle = (region: MatrixRegion) =>
    matrix.hubs.find(hub => hub.id === region.hub)?.title;
  const clusters = regions.reduce((sum, each) => sum + each.clusters.length, 0);
  return (
    <div className={styles.header} style={{ width: props.width }}>
      <div role="row" aria-rowindex={1} className={styles.headerRow}>
        <div
          role="columnheader"
          aria-colindex={1}
          className={styles.corner}
          style={{ width: firstWidth }}
        >
          <span className={styles.cornerTitle}>
            {t('matrix.services', { count: rows.length })}
          </span>
          <span className={styles.cornerHint}>
            {t('matrix.onClusters', { count: clusters })}
          </span>
          <span className={styles.cornerNames}>
            <span>{t('matrix.service')}</span>
            <span>{t('matrix.owner')}</span>
          </span>
        </div>
        {regions
          .filter(region => drawn.has(region.key))
          .map(region => (
            <div
              key={region.key}
              role="columnheader"
              aria-colindex={region.start + 2}
              aria-colspan={region.length}
              className={styles.region}
              style={{
                left: firstWidth + region.start * columnWidth,
                width: region.length * columnWidth,
              }}
            >
              <div className={styles.regionText} style={{ left: firstWidth }}>
                <RegionName
                  region={region}
                  hub={hubTitle(region)}
                  onToggle={onToggleRegion}
                />
                <RegionRollUp
                  matrix={matrix}
                  rows={rows}
                  region={region}
                  skew={props.skew}
                />
              </div>
            </div>
          ))}
      </div>
      <div role="row" aria-rowindex={2} className={styles.headerRow}>
        {virtualColumns.map(item => (
          <ColumnHead
            key={item.key}
            clusters={matrix.clusters}
            column={columns[item.index]}
            region={regionByKey.get(columns[item.index].region)!}
            hub={hubTitle(regionByKey.get(columns[item.index].region)!)}
            index={item.index}
            left={firstWidth + item.index * columnWidth}
            width={columnWidth}
          />
        ))}
      </div>
    </div>
  );
}

function RegionName(props: {
  region: MatrixRegion;
  /** Title of its hub. */
  hub: string | undefined;
  onToggle: (key: string) => void;
}) {
  const { region, hub = region.hub, onToggle } = props;
  const { t } = useFleetTranslation();
  const name = region.region || t('matrix.noRegion');
  return (
    <div className={styles.regionName}>
      <button
        type="button"
        className={classes(styles.toggle, region.collapsed && styles.collapsed)}
        aria-expanded={!region.collapsed}
        aria-label={t(region.collapsed ? 'matrix.expand' : 'matrix.collapse', {
          name,
        })}
        onClick={() => onToggle(region.key)}
      >
        <Chevron />
      </button>
      <span>{name}</span>
      <span className={styles.hub} title={hub}>
        {hub}
      </span>
    </div>
  );
}

function PlainColumnHead(props: {
  clusters: Cluster[];
  column: MatrixColumn;
  region: MatrixRegion;
  /** Title of its hub. */
  hub: string | undefined;
  index: number;
  left: number;
  width: number;
}) {
  const { clusters, column, region, hub, index } = props;
  const { t } = useFleetTranslation();
  let title: string;
  let hint: string;
  let full: string;
  let production = false;
  if (column.type === 'region') {
    title = t('matrix.clusters', { count: column.clusters.length });
    hint = '';
    full = title;
  } else {
    const cluster = clusters[column.cluster];
    const head = columnHead(clusters, region.clusters, column.cluster);
    const kind = t(
      cluster.kind === 'in-cluster' ? 'matrix.inCluster' : 'matrix.spoke',
    );
    title = head.title;
    hint = head.name ?? kind;
    full = clusterTitle(
      cluster,
      hub === undefined ? undefined : { title: hub },
    );
    production = isProduction(cluster.environment);
  }
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      title={full}
      aria-label={[title, hint, full]
        .filter((part, at, all) => part && all.indexOf(part) === at)
        .join(', ')}
      className={classes(
        styles.columnHead,
        index > 0 && index === region.start && styles.first,
      )}
      style={{ left: props.left, width: props.width }}
    >
      <span
        className={classes(styles.columnTitle, production && styles.production)}
      >
        {title}
      </span>
      <span className={styles.columnHint}>{hint}</span>
    </div>
  );
}
