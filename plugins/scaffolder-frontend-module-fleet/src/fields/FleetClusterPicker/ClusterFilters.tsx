import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { SearchField, Select } from '@backstage/ui';
import { useFieldTranslation } from '../../useFieldTranslation';
import styles from '../fields.module.css';
import { ClusterFilter, valuesOf } from './choice';

const ALL = 'all:';

/** Narrows the list of clusters by name or label, environment and region. */
export function ClusterFilters(props: {
  clusters: Cluster[];
  filter: ClusterFilter;
  onChange: (filter: ClusterFilter) => void;
}) {
  const { clusters, filter, onChange } = props;
  const { t } = useFieldTranslation();
  const environments = valuesOf(clusters, 'environment');
  const regions = valuesOf(clusters, 'region');
  return (
    <div className={styles.filters}>
      <SearchField
        size="small"
        aria-label={t('cluster.find')}
        placeholder={t('cluster.find')}
        value={filter.text}
        onChange={text => onChange({ ...filter, text })}
      />
      {environments.length > 1 && (
        <Choice
          label={t('cluster.environment')}
          all={t('cluster.anyEnvironment')}
          values={environments}
          value={filter.environment}
          onChange={environment => onChange({ ...filter, environment })}
        />
      )}
      {regions.length > 1 && (
        <Choice
          label={t('cluster.region')}
          all={t('cluster.anyRegion')}
          values={regions}
          value={filter.region}
          onChange={region => onChange({ ...filter, region })}
        />
      )}
    </div>
  );
}

function Choice(props: {
  label: string;
  all: string;
  values: string[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  return (
    <Select
      size="small"
      aria-label={props.label}
      options={[
        { id: ALL, label: props.all },
        ...props.values.map(value => ({ id: value, label: value })),
      ]}
      selectedKey={props.value ?? ALL}
      onSelectionChange={key =>
        props.onChange(key === ALL ? undefined : String(key))
      }
    />
  );
}
