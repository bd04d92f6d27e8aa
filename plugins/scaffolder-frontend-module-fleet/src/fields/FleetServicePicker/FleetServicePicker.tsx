import { fleetApiRef, useLoaded } from '@backstage-fleet/plugin-fleet';
import { useApi } from '@backstage/frontend-plugin-api';
import { useId } from 'react';
import { useFieldTranslation } from '../../useFieldTranslation';
import { LoadProblem, Problem, SuggestedText } from '../common';
import styles from '../fields.module.css';
import { fleetServicePickerSchema } from './schema';
import { serviceNameProblem } from './serviceName';

/** Chooses a service of the fleet or the catalog, or takes the name of a new one. */
export function FleetServicePicker(
  props: typeof fleetServicePickerSchema.TProps,
) {
  const { formData, onChange, schema, uiSchema, required, disabled, idSchema } =
    props;
  const api = useApi(fleetApiRef);
  const { t } = useFieldTranslation();
  const services = useLoaded('services', () => api.getServices());
  // A “-” at the end is one that goes on.
  const typed = formData?.replace(/-+$/, '');
  const problem = typed ? serviceNameProblem(typed) : undefined;
  const problemId = useId();
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
        problemId={problem && problemId}
        suggestions={(services.value?.items ?? []).map(({ name }) => ({
          text: name,
        }))}
        value={formData}
        onChange={onChange}
      />
      <Problem id={problemId} text={problem} />
      {services.error !== undefined && (
        <LoadProblem
          consequence={t('service.notSuggested')}
          error={services.error}
          onRetry={services.reload}
        />
      )}
    </div>
  );
}
