import { useApi } from '@backstage/frontend-plugin-api';
import { SearchField, ToggleButton } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { fleetApiRef } from '../../api';
import { useLoaded } from '../../live';
import { useFleetTranslation } from '../../useFleetTranslation';
import { CHANGE_STATES } from '../ChangePage';
import { FilterMenu } from '../FleetPage/FilterMenu';
import parts from '../PageParts/PageParts.module.css';
import { KIND_TEXTS, KINDS } from './kinds';
import { NameSelect } from './NameSelect';
import { ChangeFilter } from './useChangeFilter';

/** How long somebody has to rest before what they typed is searched for, in milliseconds. */
export const SEARCH_DELAY = 300;

/** States that a change passes in a moment, or that the list leaves out. */
const UNLISTED = ['unchanged', 'planned'];

/** What narrows the list of changes: text, service, cluster, kind, state, and whose they are. */
export function ChangeFilters(props: {
  filter: ChangeFilter;
  onChange: (change: Partial<ChangeFilter>) => void;
}) {
  const { filter, onChange } = props;
  const { t } = useFleetTranslation();
  const api = useApi(fleetApiRef);
  const services = useLoaded('services', () => api.getServices());
  const clusters = useLoaded('clusters', () => api.getClusters());
  return (
    <div role="search" aria-label={t('filter.label')} className={parts.filters}>
      <Search text={filter.text} onChange={text => onChange({ text })} />
      <NameSelect
        label={t('changes.service')}
        any={t('changes.anyService')}
        names={(services.value?.items ?? []).map(({ name }) => name)}
        value={filter.service}
        onChange={service => onChange({ service })}
      />
      <NameSelect
        label={t('changes.cluster')}
        any={t('changes.anyCluster')}
        names={(clusters.value?.items ?? []).map(({ name }) => name)}
        value={filter.cluster}
        onChange={cluster => onChange({ cluster })}
      />
      <FilterMenu
        name={t('changes.kind')}
        options={KINDS.map(value => ({
          value,
          label: t(`changes.kinds.${KIND_TEXTS[value]}`),
        }))}
        chosen={filter.kinds}
        onChange={kinds => onChange({ kinds })}
      />
      <FilterMenu
        name={t('changes.state')}
        options={CHANGE_STATES.filter(state => !UNLISTED.includes(state)).map(
          state => ({ value: state, label: t(`change.${state}`) }),
        )}
        chosen={filter.states}
        onChange={states => onChange({ states })}
      />
      <ToggleButton
        size="small"
        isSelected={filter.mine}
        onChange={mine => onChange({ mine })}
      >
        {t('filter.mine')}
      </ToggleButton>
    </div>
  );
}

/** Follows what is typed after a rest, and the address when that changes otherwise. */
function Search(props: { text: string; onChange: (text: string) => void }) {
  const { text, onChange } = props;
  const { t } = useFleetTranslation();
  const [typed, setTyped] = useState(text);
  const [seen, setSeen] = useState(text);
  if (seen !== text) {
    setSeen(text);
    setTyped(text);
  }
  useEffect(() => {
    if (typed === text) {
      return undefined;
    }
    const timer = setTimeout(() => onChange(typed), SEARCH_DELAY);
    return () => clearTimeout(timer);
    // A new function with each render is no reason to begin again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [typed, text]);
  return (
    <div className={parts.search}>
      <SearchField
        size="small"
        aria-label={t('changes.search')}
        placeholder={t('changes.search')}
        value={typed}
        onChange={setTyped}
      />
    </div>
  );
}
