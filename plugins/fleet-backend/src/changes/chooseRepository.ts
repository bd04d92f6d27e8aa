import { InputError } from '@backstage/errors';
import type { TypedIntent } from '@backstage-fleet/plugin-fleet-common';
import type { RepositoryConfig } from '../git';
import { namedClusters } from './namedClusters';
import type { FleetView } from './types';

/**
 * The repository that an intent is for, where it names none: the only one; else the one that declares the hubs on which its
 * clusters and service are, or that has its blueprint.
 *
 * @param named - the hubs that were named with its clusters
 * @throws `InputError` that names the repositories to choose from, and the hubs where a cluster's name is one of several
 */
export function chooseRepository(
  intent: TypedIntent,
  configs: RepositoryConfig[],
  view?: FleetView,
  named: readonly string[] = [],
): RepositoryConfig {
  if (configs.length === 0) {
    throw new InputError(
      'No GitOps repository is configured: add one to fleet.repositories.',
    );
  }
  const fitting =
    named.length > 0
      ? configs.filter(({ hubs }) => named.every(hub => hubs.includes(hub)))
      : candidates(intent, configs, view);
  if (fitting.length === 1) return fitting[0];
  if (fitting.length === 0 && named.length > 1) {
    throw new InputError(
      `No repository serves ${named.join(
        ' and ',
      )} together: ask for a change of each.`,
    );
  }
  const names = (fitting.length ? fitting : configs).map(({ id }) => id);
  const choice = `name one of ${names.join(', ')}.`;
  const ways = named.length > 0 ? undefined : namesWithHub(intent, view);
  throw new InputError(
    ways
      ? `${ways}, or set intent.repository: ${choice}`
      : `intent.repository is missing: ${choice}`,
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
  const byCluster = hubsOf(view, 'cluster', namedClusters(intent));
  const { service } = intent.parameters as { service?: string };
  const byService = hubsOf(view, 'service', service ? [service] : []);
  // A service runs on hubs of several repositories; the clusters that are named say which is meant.
  const hubs = byCluster.length > 0 ? byCluster : byService;
  return configs.filter(config => config.hubs.some(id => hubs.includes(id)));
}

/** How a cluster is named whose name several hubs have; `undefined` where every name is of one. */
function namesWithHub(
  intent: TypedIntent,
  view: FleetView | undefined,
): string | undefined {
  if (!view || intent.kind === 'cluster.create') return undefined;
  for (const cluster of namedClusters(intent)) {
    const hubs = hubsOf(view, 'cluster', [cluster]);
    if (hubs.length > 1)
      return `\`${cluster}\` is the name of clusters of several hubs: write ${hubs
        .map(hub => `\`${hub}/${cluster}\``)
        .join(' or ')}`;
  }
  return undefined;
}

function hubsOf(
  view: FleetView,
  what: 'cluster' | 'service',
  names: string[],
): string[] {
  return names.flatMap(name => view.hubsOf?.(what, name) ?? []);
}
