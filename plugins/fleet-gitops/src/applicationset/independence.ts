import type { ApplicationSet } from '../model/argocd';

/**
 * Whether each cluster gets its Applications whatever other clusters there are, and every Application's parameter `name` is
 * the name of its cluster where a cluster generator made it.
 *
 * `false` does not say the contrary.
 */
export function isIndependentByCluster({ spec }: ApplicationSet): boolean {
  const generators: any[] = spec.generators ?? [];
  return generators.every(isIndependent);
}

function isIndependent(entry: any): boolean {
  const { clusters, list, git, matrix, merge } = entry;
  if ([clusters, list, git, matrix, merge].filter(Boolean).length !== 1)
    return false;
  if (matrix) return isIndependentMatrix(matrix);
  if (merge) return isIndependentMerge(merge);
  return clusters ? !clusters.flatList : true;
}

/** Where both generators set `name`, the first one's wins. */
function isIndependentMatrix({ generators }: any): boolean {
  const [first, second] = generators ?? [];
  if (!isSingle(first) || !isSingle(second)) return false;
  if (isPlainClusters(first)) return Boolean(second.list || second.git);
  return isPlainClusters(second) && setsNoName(first);
}

function setsNoName({ list, git }: any): boolean {
  if (git) return Boolean(git.directories) && git.pathParamPrefix !== 'name';
  return (
    Array.isArray(list?.elements) &&
    !list.elementsYaml &&
    !list.elements.some((element: any) => element && 'name' in element)
  );
}

/** With the name among the keys, no row takes anything from another cluster's. */
function isIndependentMerge({ generators, mergeKeys }: any): boolean {
  return (
    Array.isArray(generators) &&
    Array.isArray(mergeKeys) &&
    mergeKeys.includes('name') &&
    isPlainClusters(generators[0]) &&
    generators.every(
      child => isSingle(child) && (isPlainClusters(child) || child.list),
    )
  );
}

function isPlainClusters({ clusters }: any): boolean {
  return Boolean(clusters) && !clusters.flatList;
}

/** One kind of generator, perhaps with a selector behind it. */
function isSingle(entry: any): boolean {
  return (
    typeof entry === 'object' &&
    entry !== null &&
    Object.keys(entry).filter(key => key !== 'selector').length === 1
  );
}
