import {
  errorSentence,
  fleetApiRef,
  useLoaded,
} from '@backstage-fleet/plugin-fleet';
import { useApi } from '@backstage/frontend-plugin-api';
import { TextField } from '@backstage/ui';
import { useId } from 'react';
import { useFieldTranslation } from '../../useFieldTranslation';
import { Problem } from '../common';
import styles from '../fields.module.css';
import { clusterNameProblem } from './clusterName';
import { fleetClusterNameSchema } from './schema';

/** Takes the name of a new cluster and says at once what is wrong with it. */
export function FleetClusterName(props: typeof fleetClusterNameSchema.TProps) {
  const { formData, onChange, schema, uiSchema, required, disabled, idSchema } =
    props;
  const api = useApi(fleetApiRef);
  const { t } = useFieldTranslation();
  const clusters = useLoaded('clusters', () => api.getClusters());
  // A “-” at the end is one that goes on.
  const typed = formData?.replace(/-+$/, '');
  const problem = typed
    ? clusterNameProblem(
        typed,
        clusters.value?.items.map(cluster => cluster.name),
      )
    : undefined;
  const problemId = useId();
  return (
    <div className={styles.field}>
      <TextField
        id={idSchema?.$id}
        label={schema.title ?? t('clusterName.title')}
        secondaryLabel={required ? t('common.required') : undefined}
        description={schema.description}
        placeholder={uiSchema?.['ui:options']?.placeholder}
        isDisabled={disabled}
        isRequired={required}
        isInvalid={Boolean(problem)}
        aria-describedby={problem && problemId}
        value={formData ?? ''}
        onChange={text => onChange(text.trim() || undefined)}
      />
      <Problem id={problemId} text={problem} />
      {clusters.error !== undefined && (
        <p role="status" className={styles.quiet}>
          {t('clusterName.notCompared')} {errorSentence(clusters.error)}
        </p>
      )}
    </div>
  );
}
