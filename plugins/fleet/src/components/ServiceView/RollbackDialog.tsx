import { useMemo, useState } from 'react';
import { ServicePlace, promotionLane } from '../../matrix/places';
import { isProduction } from '../../matrix/columns';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ChangeDialog } from '../Plan';
import { EnvironmentsField, VersionField } from './fields';
import { rollbackIntent } from './serviceIntents';
import { hubsOfPlaces, useRepositoryChoice } from './useRepositoryChoice';

/** Brings back a version that ran before, by a commit that goes forward. */
export function RollbackDialog(props: {
  service: string;
  places: ServicePlace[];
  versions: string[];
  /** Names of the clusters, where they were chosen before; else environments are asked for. */
  clusters?: string[];
  onClose: () => void;
}) {
  const { service, places, versions, clusters, onClose } = props;
  const { t } = useFleetTranslation();
  const lane = useMemo(
    () => promotionLane(places).filter(stop => stop.versions.length > 0),
    [places],
  );
  const repository = useRepositoryChoice(hubsOfPlaces(places));
  const [version, setVersion] = useState('');
  const [on, setOn] = useState(() =>
    lane
      .map(stop => stop.environment)
      .filter(environment => isProduction(environment)),
  );
  return (
    <ChangeDialog
      title={t('serviceChange.rollbackTitle', { service })}
      intent={repository.intent(id =>
        rollbackIntent(service, { version, on, clusters }, id),
      )}
      onClose={onClose}
    >
      {clusters ? (
        <p>
          {t('serviceChange.onClusters', { clusters: clusters.join(', ') })}
        </p>
      ) : (
        <EnvironmentsField
          label={t('serviceChange.in')}
          lane={lane}
          value={on}
          onChange={setOn}
        />
      )}
      <VersionField
        service={service}
        value={version}
        versions={versions}
        description={t('serviceChange.rollbackHint')}
        onChange={setVersion}
      />
      {repository.field}
    </ChangeDialog>
  );
}
