import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { useAddress } from '../common/useAddress';
import { ClusterPhase, declaredOf, PHASES, phaseOf } from './clusterPhase';

/** Where a cluster is declared. */
export type Declared = ReturnType<typeof declaredOf>;

/** All values of {@link Declared}. */
export const DECLARED: Declared[] = ['git', 'pet', 'unknown'];

/** What narrows the list of clusters. It lives in the address, so that a view can be sent to somebody. */
export interface ClusterFilter {
  text: string;
  environments: string[];
  phases: ClusterPhase[];
  declared: Declared[];
  /** Ids of hubs. */
  hubs: string[];
}

/** Nothing left out. */
export const NO_CLUSTER_FILTER: ClusterFilter = {
  text: '',
  environments: [],
  phases: [],
  declared: [],
  hubs: [],
};

const NAMES = {
  environments: 'environment',
  phases: 'phase',
  declared: 'declared',
  hubs: 'hub',
} as const;

/** The filter in the address, and a way to change it. */
export function useClusterFilter(): [
  ClusterFilter,
  (change: Partial<ClusterFilter>) => void,
] {
  const [parameters, setParameters] = useAddress();
  const filter: ClusterFilter = {
    text: parameters.get('q') ?? '',
    environments: parameters.getAll(NAMES.environments),
    phases: known(parameters.getAll(NAMES.phases), PHASES),
    declared: known(parameters.getAll(NAMES.declared), DECLARED),
    hubs: parameters.getAll(NAMES.hubs),
  };
  const change = (part: Partial<ClusterFilter>) =>
    setParameters(before => {
      const next = new URLSearchParams(before);
      if (part.text !== undefined) {
        next.delete('q');
        if (part.text) {
          next.set('q', part.text);
        }
      }
      for (const [field, name] of Object.entries(NAMES)) {
        const values = part[field as keyof typeof NAMES];
        if (values) {
          next.delete(name);
          values.forEach(value => next.append(name, value));
        }
      }
      return next;
    });
  return [filter, change];
}

/** Whether a cluster matches; the text is looked for in its name and its labels. */
export function matchesCluster(
  cluster: Cluster,
  { text, environments, phases, declared, hubs }: ClusterFilter,
): boolean {
  const wanted = text.trim().toLocaleLowerCase();
  const texts = [
    cluster.name,
    cluster.hub,
    ...Object.entries(cluster.labels).map(([key, value]) => `${key}=${value}`),
  ];
  return (
    (!wanted ||
      texts.some(each => each.toLocaleLowerCase().includes(wanted))) &&
    (environments.length === 0 ||
      environments.includes(cluster.environment ?? '')) &&
    (phases.length === 0 || phases.includes(phaseOf(cluster))) &&
    (declared.length === 0 || declared.includes(declaredOf(cluster))) &&
    (hubs.length === 0 || hubs.includes(cluster.hub))
  );
}

function known<T extends string>(values: string[], allowed: readonly T[]): T[] {
  return allowed.filter(value => values.includes(value));
}
