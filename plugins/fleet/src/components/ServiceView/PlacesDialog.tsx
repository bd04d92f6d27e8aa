import { ClusterSummary } from '@backstage-fleet/plugin-fleet-common';
import { Checkbox, CheckboxGroup, TextField } from '@backstage/ui';
import { useState } from 'react';
import { compareEnvironments } from '../../matrix/columns';
import { ServicePlace, isDeployed } from '../../matrix/places';
import { useFleetTranslation } from '../../useFleetTranslation';
import { clusterTitle } from '../common';
import { ChangeDialog } from '../Plan';
import { onboardIntent, toggleIntent } from './serviceIntents';
import { useRepositoryChoice } from './useRepositoryChoice';

/** Puts a service on clusters that do not have it, or takes it off some that do. */
export function PlacesDialog(props: {
  service: string;
  places: ServicePlace[];
  /** `onboard` asks for the clusters without it, `disable` for those with it. */
  kind: 'onboard' | 'disable';
  onClose: () => void;
}) {
  const { service, places, kind, onClose } = props;
  const { t } = useFleetTranslation();
  const [chosen, setChosen] = useState<string[]>([]);
  const [path, setPath] = useState('');
  const [namespace, setNamespace] = useState('');
  const candidates = clustersOf(
    places.filter(place => isDeployed(place) === (kind === 'disable')),
  );
  const clusters = candidates.filter(({ id }) => chosen.includes(id));
  const repository = useRepositoryChoice(
    (clusters.length > 0 ? clusters : candidates).map(({ hub }) => hub),
  );
  // Where it is on the fleet already, its files say so.
  const isNew = kind === 'onboard' && !places.some(isDeployed);
  const names = clusters.map(({ name }) => name);
  return (
    <ChangeDialog
      title={t(`serviceChange.${kind}Places`, { service })}
      intent={repository.intent(id =>
        kind === 'onboard'
          ? onboardIntent(service, { clusters: names, path, namespace }, id)
          : toggleIntent('service.disable', service, names, id),
      )}
      onClose={onClose}
    >
      {candidates.length === 0 ? (
        <p>{t(`serviceChange.${kind}None`)}</p>
      ) : (
        <CheckboxGroup
          isRequired
          label={t('serviceChange.clusters')}
          value={chosen}
          onChange={setChosen}
        >
          {candidates.map(cluster => (
            <Checkbox key={cluster.id} value={cluster.id}>
              {[
                clusterTitle(cluster, undefined),
                cluster.environment,
                cluster.region,
              ]
                .filter(Boolean)
                .join(', ')}
            </Checkbox>
          ))}
        </CheckboxGroup>
      )}
      {isNew && (
        <>
          <TextField
            label={t('serviceChange.path')}
            description={t('serviceChange.pathHint', { service })}
            value={path}
            onChange={setPath}
          />
          <TextField
            label={t('serviceChange.namespace')}
            description={t('serviceChange.namespaceHint', { service })}
            value={namespace}
            onChange={setNamespace}
          />
        </>
      )}
      {repository.field}
    </ChangeDialog>
  );
}

/** Each cluster once, in the order of promotion. */
function clustersOf(places: ServicePlace[]): ClusterSummary[] {
  const clusters = new Map(
    places.map(({ cluster }) => [cluster.id, cluster] as const),
  );
  return [...clusters.values()].sort(
    (a, b) =>
      compareEnvironments(a.environment, b.environment) ||
      a.name.localeCompare(b.name),
  );
}
