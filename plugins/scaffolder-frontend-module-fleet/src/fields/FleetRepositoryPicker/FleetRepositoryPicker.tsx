import { fleetApiRef, useLoaded } from '@backstage-fleet/plugin-fleet';
import { useApi } from '@backstage/frontend-plugin-api';
import { Radio, RadioGroup } from '@backstage/ui';
import { useEffect } from 'react';
import { useFieldTranslation } from '../../useFieldTranslation';
import { Loading, LoadProblem } from '../common';
import styles from '../fields.module.css';
import { choiceOf, type RepositoryChoice } from './repositoryChoice';
import { fleetRepositoryPickerSchema } from './schema';

/** Chooses one of the fleet's GitOps repositories. The first one is chosen from the start. */
export function FleetRepositoryPicker(
  props: typeof fleetRepositoryPickerSchema.TProps,
) {
  const { formData, onChange, schema, required, disabled } = props;
  const api = useApi(fleetApiRef);
  const { t } = useFieldTranslation();
  const repositories = useLoaded('repositories', () => api.getRepositories());
  const choices = (repositories.value?.items ?? [])
    .map(choiceOf)
    .filter((choice): choice is RepositoryChoice => choice !== undefined);
  const [first] = choices;
  useEffect(() => {
    if (!formData?.id && first) onChange(first);
    // Only what is there first counts, not that it is a new object each time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [formData?.id, first?.id]);

  return (
    <div className={styles.field}>
      {repositories.loading && (
        <Loading label={t('repository.loading')} height={64} />
      )}
      {!repositories.value && repositories.error !== undefined && (
        <LoadProblem error={repositories.error} onRetry={repositories.reload} />
      )}
      {repositories.value && choices.length === 0 && (
        <p>{t('repository.none')}</p>
      )}
      {choices.length > 0 && (
        <RadioGroup
          label={schema.title ?? t('repository.title')}
          secondaryLabel={required ? t('common.required') : undefined}
          description={schema.description}
          isDisabled={disabled}
          value={formData?.id ?? ''}
          onChange={id => onChange(choices.find(choice => choice.id === id))}
        >
          {choices.map(({ id, owner, name, host }) => (
            <Radio key={id} value={id}>
              <span className={styles.option}>
                {`${owner}/${name}`}
                <span className={styles.quiet}>{host}</span>
              </span>
            </Radio>
          ))}
        </RadioGroup>
      )}
      {(props.rawErrors?.length ?? 0) > 0 && !formData?.id && (
        <p role="alert" className={styles.problem}>
          {t('repository.choose')}
        </p>
      )}
    </div>
  );
}
