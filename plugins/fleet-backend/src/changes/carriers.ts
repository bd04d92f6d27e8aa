import type {
  PlannedApplication,
  TypedIntent,
} from '@backstage-fleet/plugin-fleet-common';
import {
  indexRepository,
  listClaims,
  RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';

const LISTS = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/**
 * Says which Applications only bring claims and registrations of the changed clusters to the hub. Such a change concerns
 * these clusters, not the hub, which has every cluster's claim and mostly no environment.
 *
 * @param repositories - the repository before and after the change
 */
export function carriesClusters(
  { kind }: TypedIntent,
  touched: readonly string[],
  repositories: readonly RepositorySnapshot[],
): (application: PlannedApplication) => boolean {
  if (!kind.startsWith('cluster.')) return () => false;
  const files = new Set(
    repositories.flatMap(repository => [
      ...listClaims(repository).flatMap(({ cluster, file }) =>
        touched.includes(cluster) ? [file] : [],
      ),
      ...indexRepository(repository).clusters.flatMap(({ name, file }) =>
        touched.includes(name) ? [file] : [],
      ),
    ]),
  );
  const folders = new Set([...files].map(folderOf));
  const isOfClusters = (path: string) =>
    files.has(path) ||
    (folders.has(folderOf(path)) &&
      LISTS.includes(path.slice(folderOf(path).length)));
  return ({ action, fields }) =>
    action === 'change' &&
    fields.length > 0 &&
    // A field with values is something else than a file that is applied as it is.
    fields.every(
      ({ path, before, after }) =>
        before === undefined && after === undefined && isOfClusters(path),
    );
}

/** With its `/` at the end. */
function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}
