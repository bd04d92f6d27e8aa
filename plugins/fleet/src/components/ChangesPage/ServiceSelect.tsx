import { useApi } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import { fleetApiRef } from '../../api';
import { useLoaded } from '../../live';
import { useFleetTranslation } from '../../useFleetTranslation';
import styles from './ChangesPage.module.css';

/** Stands for all services; no service can be named so. */
const ALL = '*';

/** One service, or all. */
export function ServiceSelect(props: {
  service: string | undefined;
  onChange: (service: string | undefined) => void;
}) {
  const { service, onChange } = props;
  const { t } = useFleetTranslation();
  const api = useApi(fleetApiRef);
  const { value } = useLoaded('services', () => api.getServices());
  const names = new Set(value?.items.map(item => item.name));
  if (service) {
    names.add(service);
  }
  return (
    <div className={styles.select}>
      <Select
        size="small"
        searchable
        aria-label={t('changes.service')}
        options={[
          { id: ALL, label: t('changes.anyService') },
          ...[...names].sort().map(name => ({ id: name, label: name })),
        ]}
        selectedKey={service ?? ALL}
        onSelectionChange={key =>
          onChange(key === ALL || key === null ? undefined : String(key))
        }
      />
    </div>
  );
}
