import type { DeclaredCluster } from './types';
import { indexRepository } from './indexRepository';
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
  const answers = new Map<string, RepositorySnapshot | undefined>();
  const answer: RepositoryLookup = (repoURL, revision) => {
    if (normalizeRepositoryUrl(repoURL) !== url)
      return hub.repositories(repoURL, revision);
    if (revisions.has(revision)) return repository;
    return previous?.sha && revision === previous.sha
      ? previous
      : hub.repositories(repoURL, revision);
  };
  return (repoURL, revision) => {
    const key = `${repoURL}\n${revision}`;
    if (!answers.has(key)) answers.set(key, answer(repoURL, revision));
    return answers.get(key);
  };
}

/** The last overlay of each declared cluster: usually the next one is the same. */
const overlays = new WeakMap<
  DeclaredCluster,
  { onHub: ClusterRecord | undefined; removed: string; record: ClusterRecord }
>();

function overlay(
  onHub: ClusterRecord | undefined,
  declared: DeclaredCluster,
  gone: string[],
): ClusterRecord {
  const removed = gone.join();
  const cached = overlays.get(declared);
  if (cached && cached.onHub === onHub && cached.removed === removed)
    return cached.record;
  const { file: _file, document: _document, ...own } = declared;
  const labels = { ...onHub?.labels };
  for (const key of gone) delete labels[key];
  const record = {
    ...own,
    labels: { ...labels, ...own.labels },
    annotations: { ...onHub?.annotations, ...own.annotations },
  };
  overlays.set(declared, { onHub, removed, record });
  return record;
}

function removedLabels(
  before: DeclaredCluster | undefined,
  after: DeclaredCluster,
): string[] {
  return before && before !== after
    ? Object.keys(before.labels).filter(key => !(key in after.labels))
    : [];
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
  options: {
    branch?: string;
    previous?: RepositorySnapshot;
    /** Clusters that charts of the repository render, now and before. */
    rendered?: DeclaredCluster[];
    renderedBefore?: DeclaredCluster[];
  } = {},
): HubSnapshot {
  const { previous, rendered = [], renderedBefore = [] } = options;
  const declared = uniqueByName([
    ...rendered,
    ...indexRepository(repository).clusters,
  ]);
  const before = new Map(
    [
      ...renderedBefore,
      ...(previous ? indexRepository(previous).clusters : []),
    ].map(cluster => [cluster.name, cluster]),
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
          removedLabels(before.get(cluster.name), cluster),
        ),
      ),
    ],
    repositories: lookupOf(repository, hub, options),
  };
}

/** One that stands in a file goes before one that a chart renders. */
function uniqueByName(clusters: DeclaredCluster[]): DeclaredCluster[] {
  const byName = new Map(clusters.map(cluster => [cluster.name, cluster]));
  return byName.size === clusters.length ? clusters : [...byName.values()];
}
