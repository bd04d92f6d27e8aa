import type { LayoutCluster } from '../layouts';
import { indexRepository } from '../layouts';
import type { ClusterRecord, HubSnapshot } from '../model/fleetSnapshot';
import {
  normalizeRepositoryUrl,
  RepositoryLookup,
  RepositorySnapshot,
} from '../model/repository';

/**
 * Answers for the repository itself with the given files, for anything else with what the hub snapshot knows.
 *
 * @param options - `branch` that the files are of, the default branch where it is left out; `previous` state of the
 *   repository, which its commit still names
 */
export function lookupOf(
  repository: RepositorySnapshot,
  hub: HubSnapshot,
  options: { branch?: string; previous?: RepositorySnapshot },
): RepositoryLookup {
  const { branch, previous } = options;
  const url = normalizeRepositoryUrl(repository.url);
  const revisions = new Set(['', 'HEAD', repository.sha]);
  if (branch) revisions.add(branch).add(`refs/heads/${branch}`);
  return (repoURL, revision) => {
    if (normalizeRepositoryUrl(repoURL) !== url)
      return hub.repositories(repoURL, revision);
    if (revisions.has(revision)) return repository;
    return previous?.sha && revision === previous.sha
      ? previous
      : hub.repositories(repoURL, revision);
  };
}

function overlay(
  hubCluster: ClusterRecord | undefined,
  declared: LayoutCluster,
  removedLabels: string[],
): ClusterRecord {
  const { file: _file, document: _document, ...record } = declared;
  const labels = { ...hubCluster?.labels };
  for (const key of removedLabels) delete labels[key];
  return {
    ...record,
    labels: { ...labels, ...record.labels },
    annotations: { ...hubCluster?.annotations, ...record.annotations },
  };
}

/**
 * The hub as it will be once it has applied the repository's cluster files.
 *
 * @remarks
 * Labels that only the hub has stay, because applying a file does not take away what it never said; labels that
 * `previous` said and the repository no longer says go.
 */
export function mergeHub(
  repository: RepositorySnapshot,
  hub: HubSnapshot,
  options: { branch?: string; previous?: RepositorySnapshot } = {},
): HubSnapshot {
  const { previous } = options;
  const declared = indexRepository(repository).clusters;
  const before = new Map(
    (previous ? indexRepository(previous).clusters : []).map(cluster => [
      cluster.name,
      cluster,
    ]),
  );
  const names = new Set(declared.map(({ name }) => name));
  const known = new Map(hub.clusters.map(cluster => [cluster.name, cluster]));
  return {
    ...hub,
    clusters: [
      ...hub.clusters.filter(
        ({ name }) => !names.has(name) && !before.has(name),
      ),
      ...declared.map(cluster =>
        overlay(
          known.get(cluster.name),
          cluster,
          Object.keys(before.get(cluster.name)?.labels ?? {}).filter(
            key => !(key in cluster.labels),
          ),
        ),
      ),
    ],
    repositories: lookupOf(repository, hub, options),
  };
}
