import {
  FleetApi,
  fleetApiRef,
  useLoaded,
} from '@backstage-fleet/plugin-fleet';
import { useApi } from '@backstage/frontend-plugin-api';
import { useId } from 'react';
import { useFieldTranslation } from '../../useFieldTranslation';
import { LoadProblem, Problem, SuggestedText, textAt } from '../common';
import { serviceNameProblem } from '../FleetServicePicker/serviceName';
import styles from '../fields.module.css';
import { fleetVersionPickerSchema } from './schema';
import { KnownVersion, knownVersions, versionProblem } from './versions';

/** How many clusters a suggestion names before it counts the others. */
const NAMED = 2;

/** Chooses a version of a service by where it runs, or takes another one. */
export function FleetVersionPicker(
  props: typeof fleetVersionPickerSchema.TProps,
) {
  const { formData, onChange, schema, uiSchema, required, disabled, idSchema } =
    props;
  const options = uiSchema?.['ui:options'] ?? {};
  const service = textAt(
    props.formContext?.formData,
    options.serviceField ?? 'service',
  );
  const usable = serviceNameProblem(service) === undefined;
  const { t } = useFieldTranslation();
  const api = useApi(fleetApiRef);
  const asked = usable ? service : undefined;
  const used = useLoaded(asked, () => loadUse(api, service!));
  // Loaded apart, so that a Git host that is slow or fails hides nothing of what runs.
  const tags = useLoaded(asked, () => api.getServiceVersions(service!));
  const versions = knownVersions(
    used.value?.deployments ?? [],
    used.value?.changes ?? [],
    tags.value?.items,
  );
  const problem = versionProblem(formData);
  const problemId = useId();
  return (
    <div className={styles.field}>
      <SuggestedText
        id={idSchema?.$id}
        label={schema.title ?? t('version.title')}
        description={schema.description}
        placeholder={options.placeholder}
        required={required}
        requiredLabel={t('common.required')}
        disabled={disabled}
        problemId={problem && problemId}
        suggestions={versions.map(version => ({
          text: version.text,
          description: describeUse(version, t),
        }))}
        value={formData}
        onChange={onChange}
      />
      {!usable && <p className={styles.quiet}>{t('version.nameService')}</p>}
      <Problem id={problemId} text={problem} />
      {tags.value?.problem && (
        <p className={styles.quiet}>
          {t('version.noTags')} {tags.value.problem}
        </p>
      )}
      {tags.value?.incomplete && (
        <p className={styles.quiet}>{tags.value.incomplete}</p>
      )}
      {used.error !== undefined && (
        <LoadProblem
          consequence={t('version.notSuggested')}
          error={used.error}
          onRetry={used.reload}
        />
      )}
      {used.error === undefined && tags.error !== undefined && (
        <LoadProblem
          consequence={t('version.noTags')}
          error={tags.error}
          onRetry={tags.reload}
        />
      )}
    </div>
  );
}

async function loadUse(api: FleetApi, service: string) {
  const [deployments, changes] = await Promise.all([
    api.getDeployments(service),
    // Changes only add to what runs; without them there is still something to choose from.
    api.getChanges({ service }).catch(() => ({ items: [] })),
  ]);
  return { deployments: deployments.items, changes: changes.items };
}

function describeUse(
  version: KnownVersion,
  t: ReturnType<typeof useFieldTranslation>['t'],
): string {
  const clusters = (names: string[]) =>
    names.length > NAMED
      ? t('version.more', {
          clusters: names.slice(0, NAMED).join(', '),
          number: String(names.length - NAMED),
        })
      : names.join(', ');
  const uses = [
    version.tag !== undefined && t('version.tag', { name: version.tag }),
    version.running.length > 0 &&
      t('version.runsOn', { clusters: clusters(version.running) }),
    version.desired.length > 0 &&
      t('version.inGitFor', { clusters: clusters(version.desired) }),
  ].filter(Boolean);
  return uses.join('; ') || t('version.fromChange');
}
