import type { Application } from '../../model/argocd';
import {
  normalizeRepositoryUrl,
  RepositorySnapshot,
} from '../../model/repository';
import { indexRepository } from '../../repository/indexRepository';
import { isInCluster } from '../../sources/destinationCluster';
import { sourcesOf } from '../../sources/version';
import { normalizePath } from '../../sources/yamlFiles';
import { applicationCharts } from '../appOfApps/applicationCharts';

const cache = new WeakMap<object, ReadonlySet<string>>();

/** Directories of a repository with objects that Argo CD itself acts on. */
function argoDirectories(repository: RepositorySnapshot): ReadonlySet<string> {
  const cached = cache.get(repository.files);
  if (cached) return cached;
  const { applications, applicationSets, clusters } =
    indexRepository(repository);
  const files = [...applications, ...applicationSets, ...clusters].map(
    ({ file }) => file,
  );
  const directories = new Set(
    files.flatMap(file => {
      const segments = file.split('/').slice(0, -1);
      return segments.map((_segment, index) =>
        segments.slice(0, index + 1).join('/'),
      );
    }),
  );
  for (const { directory } of applicationCharts(repository))
    directories.add(directory);
  for (const [file, text] of repository.files)
    if (/^kind:\s*AppProject\s*$/m.test(text))
      directories.add(file.split('/').slice(0, -1).join('/'));
  cache.set(repository.files, directories);
  return directories;
}

function deploysArgoObjects(
  directory: string,
  repository: RepositorySnapshot,
): boolean {
  // A manifest that stands beside a service's chart is not part of it.
  return repository.files.has(`${directory}/Chart.yaml`)
    ? applicationCharts(repository).some(chart => chart.directory === directory)
    : argoDirectories(repository).has(directory);
}

/**
 * Whether an Application deploys other Applications, ApplicationSets, projects or clusters of this repository, and no
 * service.
 */
export function isBootstrap(
  application: Application,
  repository: RepositorySnapshot,
): boolean {
  const sources = sourcesOf(application);
  const { metadata, spec } = application;
  // What goes to the namespace of Argo CD itself is for Argo CD, except for its own installation.
  const toArgo =
    isInCluster(application) &&
    spec.destination?.namespace === (metadata.namespace ?? 'argocd');
  if (toArgo && sources.every(({ chart }) => chart === undefined)) return true;
  const url = normalizeRepositoryUrl(repository.url);
  return sources.some(
    ({ path, repoURL = '' }) =>
      path !== undefined &&
      normalizeRepositoryUrl(repoURL) === url &&
      deploysArgoObjects(normalizePath(path), repository),
  );
}
