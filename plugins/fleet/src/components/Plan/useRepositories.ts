import { Repository } from '@backstage-fleet/plugin-fleet-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { fleetApiRef } from '../../api';
import { useLoaded } from '../../live';

const NONE: Repository[] = [];

/** The GitOps repositories that changes are written to; none while they are not known. */
export function useRepositories(): Repository[] {
  const api = useApi(fleetApiRef);
  const { value } = useLoaded('repositories', () => api.getRepositories());
  return value?.items ?? NONE;
}

/**
 * The repositories that an intent on clusters of these hubs can be written to: those that the hubs' Argo CD reads. One
 * that names no hub serves all.
 */
export function repositoriesFor(
  repositories: Repository[],
  hubs: string[],
): Repository[] {
  return repositories.filter(
    repository =>
      repository.hubs.length === 0 ||
      hubs.some(hub => repository.hubs.includes(hub)),
  );
}
