import {
  errorSentence,
  fleetApiRef,
  useLoaded,
} from '@backstage-fleet/plugin-fleet';
import { useApi } from '@backstage/frontend-plugin-api';
import { useFieldTranslation } from '../../useFieldTranslation';
import { SuggestedText } from '../common';
import styles from '../fields.module.css';
import { fleetServicePickerSchema } from './schema';

/** Chooses a service of the fleet or the catalog, or takes the name of a new one. */
export function FleetServicePicker(
  props: typeof fleetServicePickerSchema.TProps,
) {
  const { formData, onChange, schema, uiSchema, required, disabled, idSchema } =
    props;
  const api = useApi(fleetApiRef);
  const { t } = useFieldTranslation();
  const services = useLoaded('services', () => api.getServices());
  return (
    <div className={styles.field}>
      <SuggestedText
        id={idSchema?.$id}
        label={schema.title ?? t('service.title')}
        description={schema.description}
        placeholder={uiSchema?.['ui:options']?.placeholder}
        required={required}
        requiredLabel={t('common.required')}
        disabled={disabled}
        suggestions={(services.value?.items ?? []).map(({ name }) => ({
          text: name,
        }))}
        value={formData}
        onChange={onChange}
      />
      {services.error !== undefined && (
        <p role="alert" className={styles.problem}>
          {t('service.notSuggested')} {errorSentence(services.error)}
        </p>
      )}
    </div>
  );
}
