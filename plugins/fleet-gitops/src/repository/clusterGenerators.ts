import { secretSelector } from '../applicationset/generators/cluster';
import type { ApplicationSet } from '../model/argocd';

/**
 * A cluster generator somewhere in an ApplicationSet.
 *
 * @public
 */
export interface ClusterGenerator {
  /** Path in the object, for example `spec.generators[0].matrix.generators[1].clusters`. */
  path: string;
  matchLabels: Record<string, string>;
  matchExpressions: Array<{ key: string; operator: string; values?: string[] }>;
}

/**
 * The cluster generators of an ApplicationSet, also those inside matrix and merge generators.
 *
 * @public
 */
export function clusterGenerators(
  applicationSet: ApplicationSet,
): ClusterGenerator[] {
  const found: ClusterGenerator[] = [];
  const walk = (generators: unknown, path: string) => {
    if (!Array.isArray(generators)) return;
    generators.forEach((generator, index) => {
      if (!generator || typeof generator !== 'object') return;
      const here = `${path}[${index}]`;
      const { clusters, matrix, merge } = generator;
      if (clusters && typeof clusters === 'object') {
        const selector = secretSelector(clusters.selector ?? {});
        found.push({
          path: `${here}.clusters`,
          matchLabels: selector.matchLabels ?? {},
          matchExpressions: selector.matchExpressions ?? [],
        });
      }
      walk(matrix?.generators, `${here}.matrix.generators`);
      walk(merge?.generators, `${here}.merge.generators`);
    });
  };
  walk(applicationSet.spec.generators, 'spec.generators');
  return found;
}
