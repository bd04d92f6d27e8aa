import { matchesLabelSelector } from '../../applicationset';
import type { GeneratorLeaf } from './generatorLeaves';

/** The labels of the cluster that an Application's parameters are of, nested or flat. */
export function clusterLabels(
  params: Record<string, any>,
): Record<string, string> {
  const prefix = 'metadata.labels.';
  return (
    params.metadata?.labels ??
    Object.fromEntries(
      Object.entries(params)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, value]) => [name.slice(prefix.length), value]),
    )
  );
}

/**
 * Whether a generator can have contributed to these parameters: a cluster generator only where it selects their cluster. In
 * a merge, the overrides of staging say nothing of production.
 */
export function selectsCluster(
  { kind, spec }: GeneratorLeaf,
  params: Record<string, any>,
): boolean {
  if (kind !== 'clusters') return true;
  const selector = spec.selector ?? {};
  return (
    JSON.stringify(selector).includes('{{') ||
    matchesLabelSelector(selector, clusterLabels(params))
  );
}
