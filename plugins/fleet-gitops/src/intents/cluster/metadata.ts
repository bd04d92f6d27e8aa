import {
  ClusterMetadata,
  findCluster,
  setClusterMetadata,
} from '../../layouts/clusterLabels';
import type { RepositorySnapshot } from '../../model/repository';
import { refuseProtectedMetadata } from '../../repository/protectedMetadata';
import type { IntentEffect } from '../types';

const VERBS = { labels: 'Label', annotations: 'Annotate' };

/** Sets, or with `null` removes, labels or annotations where the cluster is declared. */
export function changeMetadata(
  name: string,
  field: ClusterMetadata,
  values: Record<string, string | null>,
  repository: RepositorySnapshot,
): IntentEffect {
  refuseProtectedMetadata(field, Object.keys(values), repository);
  const cluster = findCluster(name, repository);
  const before = repository.files.get(cluster.file)!;
  const after = setClusterMetadata(cluster, field, values, before);
  return {
    changes: after === before ? new Map() : new Map([[cluster.file, after]]),
    title: `${VERBS[field]} ${name}`,
    lines: Object.entries(values).map(([key, value]) =>
      value === null ? `remove ${key}` : `${key}: ${JSON.stringify(value)}`,
    ),
    touched: { services: [], clusters: [name] },
  };
}
