import { Repository } from '@backstage-fleet/plugin-fleet-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { fleetApiRef } from '../../api';
import { useLoaded } from '../../live';

const NONE: Repository[] = [];

/** The GitOps repositories that changes are written to, and whether they are still being asked for. */
export function useLoadedRepositories(): {
  repositories: Repository[];
  loading: boolean;
} {
  const api = useApi(fleetApiRef);
  const { value, loading } = useLoaded('repositories', () =>
    api.getRepositories(),
  );
  return { repositories: value?.items ?? NONE, loading };
}

/** The GitOps repositories that changes are written to; none while they are not known, or cannot be. */
export function useRepositories(): Repository[] {
  return useLoadedRepositories().repositories;
}

/**
 * The repositories that an intent on clusters of these hubs can be written to: those that the hubs' Argo CD reads, or
 * all where none says so. One that names no hub serves all.
 */
export function repositoriesFor(
  repositories: Repository[],
  hubs: string[],
): Repository[] {
  const serving = repositories.filter(
    repository =>
      repository.hubs.length === 0 ||
      hubs.some(hub => repository.hubs.includes(hub)),
  );
  return serving.length > 0 ? serving : repositories;
}
