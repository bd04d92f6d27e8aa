import { fleetApiRef, useLoaded } from '@backstage-fleet/plugin-fleet';
import { useApi } from '@backstage/frontend-plugin-api';
import { RadioGroup } from '@backstage/ui';
import { useState } from 'react';
import { useFieldTranslation } from '../../useFieldTranslation';
import { Loading, LoadProblem, textAt } from '../common';
import { serviceNameProblem } from '../FleetServicePicker/serviceName';
import styles from '../fields.module.css';
import { ClusterFilter, hindranceOf, matches } from './choice';
import { ClusterFilters } from './ClusterFilters';
import { ClusterRegion } from './ClusterRegion';
import { groupByRegion } from './clusters';
import { fleetClusterPickerSchema } from './schema';

/** With fewer clusters than this there is nothing to narrow. */
const FILTERED_FROM = 4;

/** Chooses clusters by region, environment and label, and says why one cannot be chosen. */
export function FleetClusterPicker(
  props: typeof fleetClusterPickerSchema.TProps,
) {
  const { formData, onChange, schema, uiSchema, required, disabled } = props;
  const { purpose = 'deploy', serviceField = 'service' } =
    uiSchema?.['ui:options'] ?? {};
  const service = textAt(props.formContext?.formData, serviceField);
  const single = schema.maxItems === 1;

  const api = useApi(fleetApiRef);
  const { t } = useFieldTranslation();
  const clusters = useLoaded('clusters', () => api.getClusters());
  const running = useClustersOf(service);
  const [filter, setFilter] = useState<ClusterFilter>({ text: '' });

  // The form fills a list up to `minItems` with empty entries.
  const chosen = (formData ?? []).filter(Boolean);
  const set = (names: string[], on: boolean) => {
    const next = on
      ? [...new Set([...chosen, ...names])]
      : chosen.filter(name => !names.includes(name));
    onChange(next.length > 0 ? next : undefined);
  };
  const all = clusters.value?.items ?? [];
  const shown = all.filter(cluster => matches(cluster, filter));
  const hindrances = new Map(
    all.map(cluster => [cluster.id, hindranceOf(cluster, purpose, running)]),
  );
  const regions = groupByRegion(shown).map(group => (
    <ClusterRegion
      key={group.region}
      group={group}
      service={service}
      single={single}
      withHub={new Set(all.map(cluster => cluster.hub)).size > 1}
      chosen={chosen}
      hindranceOf={id => hindrances.get(id)}
      onChange={set}
    />
  ));

  return (
    <div className={styles.field}>
      <fieldset className={styles.fieldset} disabled={disabled}>
        <legend className={styles.legend}>
          {schema.title ?? t('cluster.title')}
          {required && (
            <span className={styles.quiet}> {t('common.required')}</span>
          )}
        </legend>
        {schema.description && (
          <p className={styles.quiet}>{schema.description}</p>
        )}
        {clusters.loading && (
          <Loading label={t('cluster.loading')} height={96} />
        )}
        {!clusters.value && clusters.error !== undefined && (
          <LoadProblem error={clusters.error} onRetry={clusters.reload} />
        )}
        {clusters.value && all.length === 0 && <p>{t('cluster.none')}</p>}
        {all.length >= FILTERED_FROM && (
          <ClusterFilters clusters={all} filter={filter} onChange={setFilter} />
        )}
        {all.length > 0 && shown.length === 0 && (
          <p>{t('cluster.nothingMatches')}</p>
        )}
        {single ? (
          <RadioGroup
            aria-label={schema.title ?? t('cluster.title')}
            value={chosen[0] ?? ''}
            onChange={name => onChange([name])}
          >
            {regions}
          </RadioGroup>
        ) : (
          regions
        )}
        {!single && chosen.length > 0 && (
          <p role="status" className={styles.quiet}>
            {t('cluster.chosen', { count: chosen.length })}
          </p>
        )}
      </fieldset>
      {(props.rawErrors?.length ?? 0) > 0 && chosen.length === 0 && (
        <p role="alert" className={styles.problem}>
          {t(single ? 'cluster.chooseThis' : 'cluster.chooseOne')}
        </p>
      )}
    </div>
  );
}

/** Ids of the clusters that have the service already; `undefined` where that is not known. */
function useClustersOf(service: string | undefined): Set<string> | undefined {
  const api = useApi(fleetApiRef);
  const key = serviceNameProblem(service) ? undefined : service;
  const { value } = useLoaded(key, () => api.getDeployments(service!));
  return (
    value &&
    new Set(
      value.items
        .filter(row => row.deployments.length > 0)
        .map(row => row.cluster.id),
    )
  );
}
