import { useApi } from '@backstage/frontend-plugin-api';
import { Checkbox, CheckboxGroup, Combobox, Select } from '@backstage/ui';
import { fleetApiRef } from '../../api';
import { useLoaded } from '../../live';
import { LaneStop } from '../../matrix/places';
import { newestFirst } from '../../matrix/versions';
import { useFleetTranslation } from '../../useFleetTranslation';

/** A version: one that is known, or any other that somebody types. */
export function VersionField(props: {
  /** Given where the tags of its source repository are suggested too. */
  service?: string;
  value: string;
  versions: string[];
  /** Says where the known versions come from. */
  description?: string;
  onChange: (version: string) => void;
}) {
  const { service, value, versions, description, onChange } = props;
  const { t } = useFleetTranslation();
  const suggested = newestFirst([...versions, ...useTags(service)]);
  return (
    <Combobox
      allowsCustomValue
      isRequired
      label={t('serviceChange.version')}
      description={description}
      options={suggested.map(version => ({ id: version, label: version }))}
      search={{ inputValue: value, onInputChange: onChange }}
    />
  );
}

/** The versions that the tags of a service's source repository name; none where they cannot be read. */
function useTags(service: string | undefined): string[] {
  const api = useApi(fleetApiRef);
  const { value } = useLoaded(service, () => api.getServiceVersions(service!));
  return value?.items.map(({ text }) => text) ?? [];
}

/** One environment, with the versions that are there. */
export function EnvironmentField(props: {
  label: string;
  lane: LaneStop[];
  value: string | undefined;
  onChange: (environment: string) => void;
}) {
  const { label, lane, value, onChange } = props;
  return (
    <Select
      label={label}
      options={lane.map(stop => ({
        id: stop.environment,
        label: describe(stop),
      }))}
      value={value ?? null}
      onChange={key => key !== null && onChange(String(key))}
    />
  );
}

/** Several environments, with the versions that are there. */
export function EnvironmentsField(props: {
  label: string;
  lane: LaneStop[];
  value: string[];
  onChange: (environments: string[]) => void;
}) {
  const { label, lane, value, onChange } = props;
  return (
    <CheckboxGroup
      isRequired
      orientation="horizontal"
      label={label}
      value={value}
      onChange={onChange}
    >
      {lane.map(stop => (
        <Checkbox key={stop.environment} value={stop.environment}>
          {describe(stop)}
        </Checkbox>
      ))}
    </CheckboxGroup>
  );
}

function describe({ environment, versions }: LaneStop): string {
  const texts = versions.map(({ version }) => version);
  return texts.length > 0
    ? `${environment} (${texts.join(', ')})`
    : environment;
}
