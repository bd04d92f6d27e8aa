import type {
  Plan,
  PlannedApplication,
  TypedIntent,
} from '@backstage-fleet/plugin-fleet-common';
import type {
  AppliedIntent,
  ClusterRecord,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { ChangeScope } from '../permissions';

/** What the scope of a change is found with. */
export interface ScopeOptions {
  intent: TypedIntent;
  applied: AppliedIntent;
  plan: Plan;
  /** Clusters of the hubs and of the repository, as they are and with what the change makes of them. */
  clusters: ClusterRecord[];
  /** Whether an Application of the plan only brings the named clusters' own files to the hub. */
  carries?(application: PlannedApplication): boolean;
  /** Clusters that were judged when the change was asked for, and may be gone by now. */
  judged?: readonly string[];
  hubs: string[];
  environmentLabels: string[];
  regionLabels: string[];
  ownerOf(service: string): string | undefined;
}

/** Stands for what is not known, so that no list of allowed names has it. */
const UNKNOWN = '';

/**
 * What a change would concern now beyond what it was allowed for; empty where nothing. Nobody is asked again when a change
 * is written on a newer head, so there it may not grow.
 */
export function beyondScope(allowed: ChangeScope, now: ChangeScope): string[] {
  return (['owners', 'environments', 'regions', 'hubs'] as const).flatMap(
    field => {
      const known = new Set(allowed[field]);
      return now[field]
        .filter(item => !known.has(item))
        .map(item => `${field}: ${item || 'unknown'}`);
    },
  );
}

/**
 * What a change concerns: the clusters and services that its intent names, and the clusters of all Applications that it
 * would create, change or delete. A cluster that gets another environment or region counts for both.
 */
export function changeScope(options: ScopeOptions): ChangeScope {
  const { intent, applied, plan, clusters, hubs, ownerOf } = options;
  const { carries = () => false, judged = [] } = options;
  const names = new Set([
    ...applied.touched.clusters,
    ...plan.applications
      .filter(application => !carries(application))
      .map(({ cluster }) => cluster),
  ]);
  const concerned = clusters.filter(({ name }) => names.has(name));
  const known = new Set([...judged, ...concerned.map(({ name }) => name)]);
  const unknown = [...names].some(name => !known.has(name));
  const labels = (keys: string[]) => [
    ...new Set([
      ...concerned.map(
        cluster =>
          keys.map(key => cluster.labels[key]).find(Boolean) ?? UNKNOWN,
      ),
      ...(unknown ? [UNKNOWN] : []),
    ]),
  ];
  return {
    kind: intent.kind,
    hubs,
    owners: [
      ...new Set(
        applied.touched.services.map(service => ownerOf(service) ?? UNKNOWN),
      ),
    ],
    environments: labels(options.environmentLabels),
    regions: labels(options.regionLabels),
  };
}
