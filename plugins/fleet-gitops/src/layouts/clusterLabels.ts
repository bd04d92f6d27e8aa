import { ConflictError, NotFoundError } from '@backstage/errors';
import type { RepositorySnapshot } from '../model/repository';
import { removeKey, setMapEntry } from '../yaml';
import { suggest } from './nearMatches';
import { indexRepository } from '../repository/indexRepository';
import type { DeclaredCluster } from '../repository';

/**
 * The one declaration of a cluster in the repository.
 *
 * @throws `NotFoundError` where there is none, `ConflictError` where there are several
 * @public
 */
export function findCluster(
  name: string,
  repository: RepositorySnapshot,
): DeclaredCluster {
  const { clusters, problems } = indexRepository(repository);
  const found = clusters.filter(cluster => cluster.name === name);
  if (found.length === 1) return found[0];
  if (found.length > 1) {
    throw new ConflictError(
      `Cluster \`${name}\` is declared more than once: ${found
        .map(({ file }) => file)
        .join(', ')}. Keep one of these files.`,
    );
  }
  const problem = problems.find(({ file }) =>
    repository.files.get(file)!.includes(name),
  );
  if (problem) {
    throw new ConflictError(
      `${problem.file}:${problem.line} names cluster \`${name}\` and cannot be read: ${problem.message}. Correct the file first.`,
    );
  }
  throw new NotFoundError(
    `Cluster \`${name}\` is not declared in the repository. ${suggest(
      name,
      clusters.map(cluster => cluster.name),
    )}`,
  );
}

/** The maps of a cluster's metadata that people may change. */
export type ClusterMetadata = 'labels' | 'annotations';

/**
 * Sets (or with `null` removes) labels or annotations in a cluster's file. Keys that begin alike are kept together in order.
 *
 * @returns the new text of the file, the same where it says that already
 */
export function setClusterMetadata(
  cluster: DeclaredCluster,
  field: ClusterMetadata,
  values: Record<string, string | null>,
  text: string,
): string {
  const { file, document } = cluster;
  let result = text;
  let keys = Object.keys(cluster[field]);
  for (const [key, value] of Object.entries(values)) {
    if (value === null) {
      result = removeKey(result, ['metadata', field, key], {
        file,
        document,
      });
      keys = keys.filter(existing => existing !== key);
    } else {
      result = setMapEntry(result, ['metadata', field], key, value, {
        file,
        document,
        ...placeAmong(keys, key),
      });
      if (!keys.includes(key)) keys.push(key);
    }
  }
  return result;
}

/** Where a key goes so that the keys with its first word (`enable_…`) stay together and sorted. */
function placeAmong(
  keys: string[],
  key: string,
): { after?: string; before?: string } {
  const [word] = /^[^_\-.]+[_\-.]/.exec(key.split('/').pop()!) ?? [];
  const prefix = key.slice(0, key.lastIndexOf('/') + 1);
  if (!word) return {};
  const alike = keys
    .filter(existing => existing !== key && existing.startsWith(prefix + word))
    .sort();
  const after = alike.filter(existing => existing < key).pop();
  if (after !== undefined) return { after };
  return alike.length > 0 ? { before: alike[0] } : {};
}
