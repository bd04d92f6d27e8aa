import { Cluster, Service } from '@backstage-fleet/plugin-fleet-common';
import { SearchField, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { memo, useEffect, useMemo, useRef } from 'react';
import { CELL_STATES } from '../../matrix/cellView';
import { compareEnvironments } from '../../matrix/columns';
import { nameOfRef } from '../../matrix/names';
import { GroupBy } from '../../matrix/rows';
import { useFleetTranslation } from '../../useFleetTranslation';
import { Lens } from '../Matrix';
import { FilterMenu } from './FilterMenu';
import styles from './FleetPage.module.css';
import { FleetViewState } from './useFleetView';
import { ViewMenu } from './ViewMenu';

/** What narrows the page, and how it looks at the fleet. A change of the fleet that does not touch it leaves it as it is. */
export const FilterBar = memo(PlainFilterBar);

function PlainFilterBar(props: {
  services: Service[];
  clusters: Cluster[];
  view: FleetViewState;
  groupBy: GroupBy;
  mine: number;
  changed: number;
  onChange: (change: Partial<FleetViewState>) => void;
}) {
  const { services, clusters, view, groupBy, mine, changed, onChange } = props;
  const { t } = useFleetTranslation();
  const environments = useMemo(
    () => optionsOf(clusters.map(each => each.environment)),
    [clusters],
  );
  const regions = useMemo(
    () => optionsOf(clusters.map(each => each.region)),
    [clusters],
  );
  const owners = useMemo(
    () =>
      optionsOf(
        services.map(each => each.owner),
        nameOfRef,
      ),
    [services],
  );
  const search = useRef<HTMLDivElement>(null);
  useSlashKey(search);

  return (
    <div
      role="search"
      aria-label={t('filter.label')}
      className={styles.filters}
    >
      <div className={styles.search} ref={search}>
        <SearchField
          size="small"
          aria-label={t('filter.search')}
          placeholder={t('filter.search')}
          value={view.text}
          onChange={text => onChange({ text })}
        />
        {!view.text && (
          <kbd aria-hidden="true" className={styles.key}>
            /
          </kbd>
        )}
      </div>
      <FilterMenu
        name={t('filter.environment')}
        options={environments}
        chosen={view.environments}
        onChange={chosen => onChange({ environments: chosen })}
      />
      <FilterMenu
        name={t('filter.region')}
        options={regions}
        chosen={view.regions}
        onChange={chosen => onChange({ regions: chosen })}
      />
      <FilterMenu
        name={t('filter.owner')}
        options={owners}
        chosen={view.owners}
        onChange={chosen => onChange({ owners: chosen })}
      />
      <FilterMenu
        name={t('filter.state')}
        options={CELL_STATES.map(value => ({
          value,
          label: t(`state.${value}`),
        }))}
        chosen={view.states}
        onChange={states => onChange({ states })}
      />
      {(mine > 0 || view.mine) && (
        <ToggleButton
          size="small"
          isSelected={view.mine}
          onChange={value => onChange({ mine: value })}
        >
          {`${t('filter.mine')} ${mine}`}
        </ToggleButton>
      )}
      <div className={styles.lens}>
        <ToggleButtonGroup
          className={styles.lenses}
          aria-label={t('filter.lens')}
          disallowEmptySelection
          selectedKeys={[view.lens]}
          onSelectionChange={keys => {
            const [lens] = [...keys];
            onChange({ lens: lens as Lens });
          }}
        >
          <ToggleButton size="small" id="version">
            {t('filter.version')}
          </ToggleButton>
          <ToggleButton size="small" id="health">
            {t('filter.health')}
          </ToggleButton>
          <ToggleButton size="small" id="skew">
            {t('filter.skew')}
          </ToggleButton>
          <ToggleButton size="small" id="changed">
            {changed > 0
              ? `${t('filter.changed')} ${changed}`
              : t('filter.changed')}
          </ToggleButton>
        </ToggleButtonGroup>
        <ViewMenu
          density={view.density}
          groupBy={groupBy}
          onChange={onChange}
        />
      </div>
    </div>
  );
}

/** `/` goes to the search field, unless something is being typed. */
function useSlashKey(search: { current: HTMLElement | null }) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (
        event.key === '/' &&
        !event.ctrlKey &&
        !event.metaKey &&
        !target.closest('input, textarea, select, [contenteditable="true"]')
      ) {
        event.preventDefault();
        search.current?.querySelector('input')?.focus();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [search]);
}

function optionsOf(
  values: Array<string | undefined>,
  labelOf: (value: string) => string = value => value,
): Array<{ value: string; label: string }> {
  return [...new Set(values)]
    .filter((value): value is string => Boolean(value))
    .sort(compareEnvironments)
    .map(value => ({ value, label: labelOf(value) }));
}
