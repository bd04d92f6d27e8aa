import { Intent } from '@backstage-fleet/plugin-fleet-common';
import { Select } from '@backstage/ui';
import { ReactNode, useState } from 'react';
import { ServicePlace, isDeployed } from '../../matrix/places';
import { useFleetTranslation } from '../../useFleetTranslation';
import { repositoriesFor, useLoadedRepositories } from '../Plan';

/** Which repository a change of a service is written to. */
export interface RepositoryChoice {
  /** Makes an intent with the repository's id; nothing while the repositories are not known. */
  intent: (
    make: (repository: string | undefined) => Intent | undefined,
  ) => Intent | undefined;
  /** Asks for the repository where several would do. */
  field: ReactNode;
}

/**
 * Finds the repository by the hubs that it is about, and asks where several serve them.
 *
 * @param hubs - ids of hubs
 */
export function useRepositoryChoice(hubs: string[]): RepositoryChoice {
  const { t } = useFleetTranslation();
  const { repositories, loading } = useLoadedRepositories();
  const [chosen, setChosen] = useState<string>();
  const candidates = repositoriesFor(repositories, hubs);
  const repository =
    candidates.find(each => each.id === chosen) ?? candidates[0];
  return {
    intent: make =>
      loading
        ? undefined
        : // Where there is only one, the backend knows it.
          make(repositories.length > 1 ? repository?.id : undefined),
    field: candidates.length > 1 && (
      <Select
        label={t('serviceChange.repository')}
        options={candidates.map(each => ({ id: each.id, label: each.id }))}
        value={repository?.id ?? null}
        onChange={key => setChosen(String(key))}
      />
    ),
  };
}

/** Ids of the hubs that have a service; of all, where none has it. */
export function hubsOfPlaces(places: ServicePlace[]): string[] {
  const deployed = places.filter(isDeployed);
  return (deployed.length > 0 ? deployed : places).map(
    place => place.cluster.hub,
  );
}
