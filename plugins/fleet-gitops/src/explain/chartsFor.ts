import { EvaluatedOrigin } from '../repository';
import { destinationCluster } from '../sources';
import type { Question } from './finding';

/**
 * Charts of Applications that are for a cluster, or that may be: those of its own Argo CD, those with other Applications on
 * it, and those that fail.
 */
export function chartsFor({
  cluster,
  evaluation: { origins, hub },
}: Question): EvaluatedOrigin[] {
  return origins.filter(({ kind, home, evaluation }) => {
    if (kind !== 'chart') return false;
    if (home !== undefined) return home === cluster.name;
    return (
      evaluation.status !== 'ok' ||
      evaluation.applications.length === 0 ||
      evaluation.applications.some(
        ({ application }) =>
          destinationCluster(application, hub.clusters) === cluster.name,
      )
    );
  });
}
