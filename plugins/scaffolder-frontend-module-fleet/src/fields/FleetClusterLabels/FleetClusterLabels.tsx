import {
  errorSentence,
  fleetApiRef,
  useLoaded,
} from '@backstage-fleet/plugin-fleet';
import { useApi } from '@backstage/frontend-plugin-api';
import { Checkbox, TextField } from '@backstage/ui';
import { useId, useState } from 'react';
import { useFieldTranslation } from '../../useFieldTranslation';
import { Problem } from '../common';
import styles from '../fields.module.css';
import {
  Labels,
  labelText,
  parseLabels,
  seenLabels,
  withoutLabel,
} from './labels';
import { fleetClusterLabelsSchema } from './schema';

/** Gives a new cluster labels that others have, and labels of its own. */
export function FleetClusterLabels(
  props: typeof fleetClusterLabelsSchema.TProps,
) {
  const { formData = {}, onChange, schema, uiSchema, disabled } = props;
  const api = useApi(fleetApiRef);
  const { t } = useFieldTranslation();
  const clusters = useLoaded('clusters', () => api.getClusters());
  const seen = seenLabels(
    clusters.value?.items ?? [],
    uiSchema?.['ui:options']?.hide ?? [],
  );
  const [text, setText] = useState(() =>
    Object.entries(formData)
      .map(([name, value]) => labelText(name, value))
      .join(', '),
  );
  const [ticked, setTicked] = useState<Labels>({});
  const { problem } = parseLabels(text);
  const problemId = useId();
  const tell = (nextTicked: Labels, nextText: string) => {
    const labels = { ...nextTicked, ...parseLabels(nextText).labels };
    onChange(Object.keys(labels).length > 0 ? labels : undefined);
  };
  return (
    <div className={styles.field}>
      <fieldset className={styles.fieldset} disabled={disabled}>
        <legend className={styles.legend}>
          {schema.title ?? t('labels.title')}
        </legend>
        {schema.description && (
          <p className={styles.quiet}>{schema.description}</p>
        )}
        {seen.length > 0 && (
          <div
            role="group"
            aria-label={t('labels.seen')}
            className={styles.clusters}
          >
            {seen.map(({ name, value, clusters: count }) => (
              <Checkbox
                key={labelText(name, value)}
                // What was typed counts too, and what was chosen before somebody came back to this page.
                isSelected={formData[name] === value}
                onChange={on => {
                  const { [name]: _, ...others } = ticked;
                  const next = on ? { ...ticked, [name]: value } : others;
                  const rest = withoutLabel(text, name);
                  setTicked(next);
                  setText(rest);
                  tell(next, rest);
                }}
              >
                <span>
                  {labelText(name, value)}{' '}
                  <span className={styles.quiet}>
                    {t('labels.seenOn', { count })}
                  </span>
                </span>
              </Checkbox>
            ))}
          </div>
        )}
        {clusters.error !== undefined && (
          <p role="status" className={styles.quiet}>
            {t('labels.failed')} {errorSentence(clusters.error)}
          </p>
        )}
        <TextField
          label={t('labels.other')}
          description={t('labels.otherHint')}
          isInvalid={problem !== undefined}
          aria-describedby={problem && problemId}
          value={text}
          onChange={next => {
            setText(next);
            tell(ticked, next);
          }}
        />
        <Problem id={problemId} text={problem} />
      </fieldset>
    </div>
  );
}
