import { useMemo, useState } from 'react';
import { ServicePlace, promotionLane } from '../../matrix/places';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ChangeDialog } from '../Plan';
import { EnvironmentField, EnvironmentsField, VersionField } from './fields';
import { hotfixIntent } from './serviceIntents';
import { hubsOfPlaces, useRepositoryChoice } from './useRepositoryChoice';

/** A version for the environment that needs it now, brought into the others too, so that the next promotion keeps it. */
export function HotfixDialog(props: {
  service: string;
  places: ServicePlace[];
  versions: string[];
  onClose: () => void;
}) {
  const { service, places, versions, onClose } = props;
  const { t } = useFleetTranslation();
  const lane = useMemo(
    () => promotionLane(places).filter(stop => stop.versions.length > 0),
    [places],
  );
  const repository = useRepositoryChoice(hubsOfPlaces(places));
  const [version, setVersion] = useState('');
  const [environment, setEnvironment] = useState(lane.at(-1)?.environment);
  const [forwardTo, setForwardTo] = useState(
    lane.slice(0, -1).map(stop => stop.environment),
  );
  return (
    <ChangeDialog
      title={t('serviceChange.hotfixTitle', { service })}
      intent={repository.intent(id =>
        hotfixIntent(service, { version, environment, forwardTo }, id),
      )}
      onClose={onClose}
    >
      <VersionField
        service={service}
        value={version}
        versions={versions}
        description={t('serviceChange.hotfixHint')}
        onChange={setVersion}
      />
      <EnvironmentField
        label={t('serviceChange.in')}
        lane={lane}
        value={environment}
        onChange={setEnvironment}
      />
      <EnvironmentsField
        label={t('serviceChange.forwardTo')}
        lane={lane.filter(stop => stop.environment !== environment)}
        value={forwardTo}
        onChange={setForwardTo}
      />
      {repository.field}
    </ChangeDialog>
  );
}
