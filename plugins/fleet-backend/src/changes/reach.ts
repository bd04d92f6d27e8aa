import type {
  Plan,
  PlannedApplication,
  TypedIntent,
} from '@backstage-fleet/plugin-fleet-common';
import type { ClusterRecord } from '@backstage-fleet/plugin-fleet-gitops';
import type { FleetScope } from '../permissions';
import { namedClusters, namedEnvironments } from './namedClusters';
import type { FleetView } from './types';

/** What a plan tells of: who is shown it must be allowed to see all of this. */
export interface ChangeReach {
  deployments: FleetScope[];
  clusters: FleetScope[];
}

/** Throws where somebody may not see what a plan tells of. */
export type Admit = (reach: ChangeReach) => void;

/** What the scopes of deployments and clusters are found with. */
export interface ReachOptions {
  /** Clusters of the hubs and of the repository; one that changes its labels is there twice. */
  clusters: readonly ClusterRecord[];
  /** Ids of the repository's hubs. */
  hubs: string[];
  environmentLabels: string[];
  regionLabels: string[];
  view?: FleetView;
}

/** A service on a cluster. */
interface Place {
  service: string | undefined;
  cluster: string;
}

/**
 * What an intent names, before it is applied: errors tell of it too. The cluster that it creates is not there yet, and counts
 * with its plan.
 */
export function reachOfIntent(
  intent: TypedIntent,
  options: ReachOptions,
): ChangeReach {
  const { view, hubs } = options;
  const clusters = namedClusters(intent);
  if (!('service' in intent.parameters)) {
    const known = intent.kind === 'cluster.create' ? [] : clusters;
    return reach([], known, options);
  }
  const { service } = intent.parameters;
  const environments = namedEnvironments(intent);
  const runsOn = (view?.placesOf?.(hubs, service) ?? []).filter(
    name =>
      environments.length === 0 ||
      environmentsOf(name, options).some(each => environments.includes(each)),
  );
  const meant =
    clusters.length > 0 && environments.length === 0
      ? clusters
      : [...clusters, ...runsOn];
  return meant.length > 0
    ? reach(
        meant.map(cluster => ({ service, cluster })),
        [],
        options,
      )
    : { deployments: [ownedBy(service, options)], clusters: [] };
}

/** What a plan tells of: its Applications, and what the intent named. */
export function reachOfPlan(
  {
    intent,
    plan,
    touched,
    carries,
  }: {
    intent: TypedIntent;
    plan: Plan;
    touched: { services: string[]; clusters: string[] };
    /** Whether an Application of the plan only brings the named clusters' own files to the hub. */
    carries(application: PlannedApplication): boolean;
  },
  options: ReachOptions,
): ChangeReach {
  const planned = plan.applications
    .filter(application => !carries(application))
    .map(application => ({
      service:
        options.view?.serviceOf?.(options.hubs, application) ??
        // What is new is nobody else's where one service is named.
        (touched.services.length === 1 ? touched.services[0] : undefined),
      cluster: application.cluster,
    }));
  const named = touched.services.flatMap(service =>
    touched.clusters.map(cluster => ({ service, cluster })),
  );
  const ofClusters = intent.kind.startsWith('cluster.');
  return reach(
    [...planned, ...named],
    ofClusters ? touched.clusters : [],
    options,
  );
}

function reach(
  places: Place[],
  clusters: string[],
  options: ReachOptions,
): ChangeReach {
  const deployments = new Map<string, FleetScope>();
  for (const { service, cluster } of places) {
    const owner = service && options.view?.ownerOf?.(service);
    const key = JSON.stringify([owner, cluster]);
    if (!deployments.has(key))
      deployments.set(key, {
        ...scopeOf(cluster, options),
        owners: owner ? [owner] : [],
      });
  }
  return {
    deployments: [...deployments.values()],
    clusters: [...new Set(clusters)].map(name => scopeOf(name, options)),
  };
}

/** A service that is nowhere yet concerns its owner alone. */
function ownedBy(service: string, { view }: ReachOptions): FleetScope {
  const owner = view?.ownerOf?.(service);
  return {
    owners: owner ? [owner] : [],
    environments: [],
    regions: [],
    hubs: [],
  };
}

function scopeOf(name: string, options: ReachOptions): FleetScope {
  const { clusters, hubs, regionLabels, view } = options;
  const having = view?.hubsOf?.('cluster', name) ?? [];
  const own = hubs.filter(hub => having.includes(hub));
  return {
    owners: [],
    environments: environmentsOf(name, options),
    regions: valuesOf(name, regionLabels, clusters),
    hubs: own.length > 0 ? own : hubs,
  };
}

function environmentsOf(
  name: string,
  { clusters, environmentLabels }: ReachOptions,
): string[] {
  return valuesOf(name, environmentLabels, clusters);
}

/** Before and after a change of labels: both must be allowed. What has none is in no list of allowed names. */
function valuesOf(
  name: string,
  keys: string[],
  clusters: readonly ClusterRecord[],
): string[] {
  return [
    ...new Set(
      clusters
        .filter(cluster => cluster.name === name)
        .map(({ labels }) => keys.map(key => labels[key]).find(Boolean) ?? ''),
    ),
  ];
}
