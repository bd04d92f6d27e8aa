import {
  errorSentence,
  fleetApiRef,
  useLoaded,
} from '@backstage-fleet/plugin-fleet';
import { useApi } from '@backstage/frontend-plugin-api';
import { Combobox } from '@backstage/ui';
import styles from '../fields.module.css';
import { fleetServicePickerSchema } from './schema';

/** Chooses a service of the fleet or the catalog, or takes the name of a new one. */
export function FleetServicePicker(
  props: typeof fleetServicePickerSchema.TProps,
) {
  const { formData, onChange, schema, uiSchema, required, disabled, idSchema } =
    props;
  const api = useApi(fleetApiRef);
  const services = useLoaded('services', () => api.getServices());
  const options = (services.value?.items ?? []).map(service => ({
    id: service.name,
    label: service.name,
  }));
  return (
    <div className={styles.field}>
      <Combobox
        id={idSchema?.$id}
        label={schema.title ?? 'Service'}
        secondaryLabel={required ? 'Required' : undefined}
        description={schema.description}
        placeholder={uiSchema?.['ui:options']?.placeholder}
        isDisabled={disabled}
        isRequired={required}
        allowsCustomValue
        options={options}
        inputValue={formData ?? ''}
        onInputChange={(text: string) => onChange(text.trim() || undefined)}
      />
      {services.error !== undefined && (
        <p role="alert" className={styles.problem}>
          The services cannot be suggested. {errorSentence(services.error)} A
          name can be typed nevertheless.
        </p>
      )}
    </div>
  );
}
