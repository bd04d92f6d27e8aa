import { fleetApiRef, useLoaded } from '@backstage-fleet/plugin-fleet';
import { Blueprint } from '@backstage-fleet/plugin-fleet-common';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  Form,
  useScaffolderTheme,
} from '@backstage/plugin-scaffolder-react/alpha';
import { Radio, RadioGroup } from '@backstage/ui';
import validator from '@rjsf/validator-ajv8';
import { useMemo } from 'react';
import { useFieldTranslation } from '../../useFieldTranslation';
import { Loading, LoadProblem } from '../common';
import styles from '../fields.module.css';
import { choose, chosenOf, formOf } from './parameters';
import { fleetBlueprintPickerSchema } from './schema';

const keyOf = (blueprint: { id: string; repository: string }) =>
  `${blueprint.repository}/${blueprint.id}`;

/** Chooses a blueprint and fills in its parameters, by the form that its JSON schema describes. */
export function FleetBlueprintPicker(
  props: typeof fleetBlueprintPickerSchema.TProps,
) {
  const { formData, onChange, schema, required, disabled, idSchema } = props;
  const api = useApi(fleetApiRef);
  const { t } = useFieldTranslation();
  const blueprints = useLoaded('blueprints', () => api.getBlueprints());
  const all = blueprints.value ?? [];
  const several = new Set(all.map(each => each.repository)).size > 1;
  const chosen = chosenOf(formData, all);
  const failed = (props.rawErrors?.length ?? 0) > 0;
  return (
    <div className={styles.field}>
      {blueprints.loading && (
        <Loading label={t('blueprint.loading')} height={96} />
      )}
      {!blueprints.value && blueprints.error !== undefined && (
        <LoadProblem error={blueprints.error} onRetry={blueprints.reload} />
      )}
      {blueprints.value && all.length === 0 && <p>{t('blueprint.none')}</p>}
      {all.length > 0 && (
        <RadioGroup
          label={schema.title ?? t('blueprint.title')}
          secondaryLabel={required ? t('common.required') : undefined}
          description={schema.description}
          isDisabled={disabled}
          value={chosen ? keyOf(chosen) : ''}
          onChange={key => {
            const next = all.find(each => keyOf(each) === key);
            if (next) onChange(choose(next, formData?.parameters));
          }}
        >
          {all.map(blueprint => (
            <Radio key={keyOf(blueprint)} value={keyOf(blueprint)}>
              <span className={styles.option}>
                {blueprint.title}
                <span className={styles.quiet}>
                  {[blueprint.description, several && blueprint.repository]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
            </Radio>
          ))}
        </RadioGroup>
      )}
      {failed && !chosen && (
        <p role="alert" className={styles.problem}>
          {t('blueprint.choose')}
        </p>
      )}
      {chosen && (
        <ParameterForm
          key={keyOf(chosen)}
          id={`${idSchema?.$id ?? 'blueprint'}_parameters`}
          blueprint={chosen}
          disabled={disabled}
          failed={failed}
          parameters={formData?.parameters ?? {}}
          onChange={parameters =>
            onChange({
              blueprint: chosen.id,
              repository: chosen.repository,
              parameters,
            })
          }
        />
      )}
    </div>
  );
}

function ParameterForm(props: {
  id: string;
  blueprint: Blueprint;
  disabled?: boolean;
  failed: boolean;
  parameters: Record<string, unknown>;
  onChange: (parameters: Record<string, unknown>) => void;
}) {
  const { id, blueprint, parameters, onChange } = props;
  const { t } = useFieldTranslation();
  const theme = useScaffolderTheme();
  const { schema, uiSchema } = useMemo(() => formOf(blueprint), [blueprint]);
  return (
    <section
      aria-label={t('blueprint.parameters', { blueprint: blueprint.title })}
      className={styles.parameters}
    >
      <Form
        // A form cannot stand in a form.
        tagName="div"
        EXPERIMENTAL_theme={theme}
        idPrefix={id}
        schema={schema}
        uiSchema={uiSchema}
        validator={validator}
        formData={parameters}
        disabled={props.disabled}
        // Nothing is called wrong before somebody has asked to go on.
        liveValidate={props.failed}
        showErrorList={false}
        onChange={({ formData }) => onChange(formData ?? {})}
      >
        {/* In place of the submit button. */}
        <></>
      </Form>
    </section>
  );
}
