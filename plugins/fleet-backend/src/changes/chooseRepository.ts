import { InputError } from '@backstage/errors';
import type { TypedIntent } from '@backstage-fleet/plugin-fleet-common';
import type { RepositoryConfig } from '../git';
import type { FleetView } from './types';

/**
 * The repository that an intent is for, where it names none: the only one; else the one that declares the hubs on which its
 * clusters and service are, or that has its blueprint.
 *
 * @throws `InputError` that names the repositories to choose from
 */
export function chooseRepository(
  intent: TypedIntent,
  configs: RepositoryConfig[],
  view?: FleetView,
): RepositoryConfig {
  if (configs.length === 0) {
    throw new InputError(
      'No GitOps repository is configured: add one to fleet.repositories.',
    );
  }
  const fitting = candidates(intent, configs, view);
  if (fitting.length === 1) return fitting[0];
  const names = (fitting.length ? fitting : configs).map(({ id }) => id);
  throw new InputError(
    `intent.repository is missing: name one of ${names.join(', ')}.`,
  );
}

function candidates(
  intent: TypedIntent,
  configs: RepositoryConfig[],
  view: FleetView | undefined,
): RepositoryConfig[] {
  if (configs.length === 1 || !view) return configs;
  if (intent.kind === 'cluster.create') {
    const { blueprint } = intent.parameters;
    const known = view.repositoriesWithBlueprint?.(blueprint) ?? [];
    return configs.filter(({ id }) => known.includes(id));
  }
  const byCluster = hubsOf(view, 'cluster', clustersOf(intent));
  const { service } = intent.parameters as { service?: string };
  const byService = hubsOf(view, 'service', service ? [service] : []);
  // A service runs on hubs of several repositories; the clusters that are named say which is meant.
  const hubs = byCluster.length > 0 ? byCluster : byService;
  return configs.filter(config => config.hubs.some(id => hubs.includes(id)));
}

function hubsOf(
  view: FleetView,
  what: 'cluster' | 'service',
  names: string[],
): string[] {
  return names.flatMap(name => view.hubsOf?.(what, name) ?? []);
}

function clustersOf({ parameters }: TypedIntent): string[] {
  const { cluster, clusters, to, on } = parameters as {
    cluster?: string;
    clusters?: string[];
    to?: { clusters?: string[] };
    on?: { clusters?: string[] };
  };
  return [
    ...(cluster ? [cluster] : []),
    ...(clusters ?? []),
    ...(to?.clusters ?? []),
    ...(on?.clusters ?? []),
  ];
}
