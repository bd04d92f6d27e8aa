import {
  Cluster,
  Explanation,
  Intent,
} from '@backstage-fleet/plugin-fleet-common';
import { Button } from '@backstage/ui';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { isAbsent } from '../../matrix/cellView';
import { matrixColumns } from '../../matrix/columns';
import { NO_FILTER, Visible, applyFilter, viewAt } from '../../matrix/filter';
import { FleetMatrix } from '../../matrix/matrix';
import { defaultGroupBy, matrixRows } from '../../matrix/rows';
import { Selection } from '../../matrix/selection';
import { countRecent } from '../../matrix/summaries';
import { useFleetTranslation } from '../../useFleetTranslation';
import { CellPopover, PopoverTarget, useCellPopovers } from '../CellPopover';
import { clusterTitle, useFleetLinks } from '../common';
import { useDeploymentDialogs } from '../DeploymentActions/useDeploymentDialogs';
import { Legend, Matrix } from '../Matrix';
import { ChangeDialog } from '../Plan';
import { useNarrow } from '../useNarrow';
import { FilterBar } from './FilterBar';
import { SelectionBar } from './SelectionBar';
import { FleetList } from './FleetList';
import styles from './FleetPage.module.css';
import { useFleetView } from './useFleetView';
import { useOwnership } from './useOwnership';
import { useSkew } from './useSkew';

const NOTHING_SELECTED: Selection = new Set();

/** The filter bar and the matrix below it, with the popovers of its cells. */
export function FleetView(props: {
  matrix: FleetMatrix;
  changedAt: ReadonlyMap<number, number>;
}) {
  const { matrix, changedAt } = props;
  const { t } = useFleetTranslation();
  const [view, change] = useFleetView();
  const ownership = useOwnership();
  const links = useFleetLinks();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const popovers = useCellPopovers();
  const dialogs = useDeploymentDialogs();
  const skew = useSkew(matrix);
  const [selection, setSelection] = useState<Selection>(NOTHING_SELECTED);
  const [asked, setAsked] = useState<{ title: string; intent: Intent }>();

  // The letters that are typed come first, what they filter follows.
  const text = useDeferredValue(view.text);
  const filtered = useMemo(
    () => applyFilter(matrix, { ...view, text }, ownership),
    [matrix, view, text, ownership],
  );
  // A changed cell seldom changes what remains; the axes then stay as they are.
  const visible = useKept(filtered, sameVisible);
  const groupBy = view.groupBy ?? defaultGroupBy(matrix.services);
  const rows = useMemo(
    () =>
      matrixRows({
        services: matrix.services,
        visible: visible.rows,
        groupBy,
        collapsed: new Set(view.collapsedGroups),
        ownership,
      }),
    [matrix.services, visible.rows, groupBy, view.collapsedGroups, ownership],
  );
  const { columns, regions } = useMemo(
    () =>
      matrixColumns(
        matrix.clusters,
        visible.columns,
        new Set(view.collapsedRegions),
      ),
    [matrix.clusters, visible.columns, view.collapsedRegions],
  );
  const mine = matrix.services.filter(
    service => service.owner && ownership.includes(service.owner),
  ).length;
  const changed = useMemo(
    () => countRecent(matrix, visible.rows, visible.columns),
    [matrix, visible],
  );

  const hubOf = (cluster: Cluster) =>
    matrix.hubs.find(hub => hub.id === cluster.hub);
  const enable = (target: PopoverTarget, explanation: Explanation) => {
    if (explanation.intent) {
      const cluster = matrix.clusters[target.cluster];
      popovers.closeHovered();
      popovers.closePinned();
      setAsked({
        title: t('plan.title', {
          service: matrix.services[target.service].name,
          cluster: clusterTitle(cluster, hubOf(cluster)),
        }),
        intent: explanation.intent,
      });
    }
  };
  const popover = (target: PopoverTarget | undefined, pinned: boolean) => {
    const service = target && matrix.services[target.service];
    const cluster = target && matrix.clusters[target.cluster];
    if (!target || !service || !cluster) {
      return null;
    }
    return (
      <CellPopover
        key={`${service.name} ${cluster.id}`}
        service={service.name}
        cluster={cluster}
        hub={hubOf(cluster)}
        absent={isAbsent(viewAt(matrix, target.service, target.cluster))}
        element={target.element}
        pinned={pinned}
        onPin={() => popovers.pin(target)}
        onClose={pinned ? popovers.closePinned : popovers.closeHovered}
        onPointerEnter={popovers.keep}
        onPointerLeave={popovers.leave}
        onEnable={explanation => enable(target, explanation)}
        onAsk={dialog => {
          popovers.closeHovered();
          popovers.closePinned();
          dialogs.ask(dialog, service.name, cluster);
        }}
      />
    );
  };

  return (
    <>
      <FilterBar
        services={matrix.services}
        clusters={matrix.clusters}
        view={view}
        groupBy={groupBy}
        mine={mine}
        changed={changed}
        onChange={change}
      />
      {(visible.rows.length === 0 || columns.length === 0) && (
        <div className={styles.nothing}>
          <span>{t('matrix.nothingMatches')}</span>
          <Button
            size="small"
            variant="secondary"
            onPress={() => change(NO_FILTER)}
          >
            {t('matrix.clearFilters')}
          </Button>
        </div>
      )}
      {visible.rows.length > 0 && columns.length > 0 && narrow && (
        <FleetList
          matrix={matrix}
          services={visible.rows}
          clusters={visible.columns}
        />
      )}
      {visible.rows.length > 0 && columns.length > 0 && !narrow && (
        <>
          <Matrix
            matrix={matrix}
            rows={rows}
            services={visible.rows}
            columns={columns}
            regions={regions}
            lens={view.lens}
            density={view.density}
            changedAt={changedAt}
            skew={skew}
            selection={selection}
            onSelect={setSelection}
            onToggleGroup={key =>
              change({ collapsedGroups: toggle(view.collapsedGroups, key) })
            }
            onToggleRegion={key =>
              change({ collapsedRegions: toggle(view.collapsedRegions, key) })
            }
            onOpenCell={(pair, element) => popovers.pin({ ...pair, element })}
            onOpenService={service => {
              const path = links.service(matrix.services[service].name);
              if (path) {
                navigate(path);
              }
            }}
            onHoverCell={popovers.hover}
            onEscape={() => {
              if (!popovers.hovered && !popovers.pinned) {
                setSelection(NOTHING_SELECTED);
              }
              popovers.closeHovered();
              popovers.closePinned();
            }}
          />
          <Legend />
          <SelectionBar
            matrix={matrix}
            selection={selection}
            onClear={() => setSelection(NOTHING_SELECTED)}
          />
        </>
      )}
      {popover(popovers.hovered, false)}
      {popover(popovers.pinned, true)}
      {dialogs.dialog}
      {asked && <ChangeDialog {...asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function useKept<T>(value: T, same: (before: T, after: T) => boolean): T {
  const kept = useRef(value);
  if (!same(kept.current, value)) {
    kept.current = value;
  }
  return kept.current;
}

function sameVisible(before: Visible, after: Visible): boolean {
  return (
    sameNumbers(before.rows, after.rows) &&
    sameNumbers(before.columns, after.columns)
  );
}

function sameNumbers(before: number[], after: number[]): boolean {
  return (
    before.length === after.length &&
    before.every((value, at) => value === after[at])
  );
}

function toggle(list: string[], key: string): string[] {
  return list.includes(key)
    ? list.filter(each => each !== key)
    : [...list, key];
}
