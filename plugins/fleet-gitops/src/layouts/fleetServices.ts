import { ConflictError, NotFoundError } from '@backstage/errors';
import type { ApplicationSet } from '../model/argocd';
import {
  normalizeRepositoryUrl,
  RepositorySnapshot,
} from '../model/repository';
import { layoutOfApplicationSet } from './applicationSets/generatorLeaves';
import { suggest } from './nearMatches';
import { indexRepository } from '../repository/indexRepository';
import { clusterGenerators } from '../repository/clusterGenerators';
import {
  nameToken,
  serviceOfApplicationSet,
  snakeCase,
} from '../repository/serviceName';
import type { Declared } from '../repository';
import type { LayoutService } from './types';

/** A service with an ApplicationSet of this layout. */
export type OnFleet = LayoutService & {
  applicationSet: Declared<ApplicationSet>;
  toggle: { key: string; value: string };
};

/** The label that opts a cluster in: the one that has the service's name in its key, or begins with `enable`. */
export function toggleOf(
  applicationSet: ApplicationSet,
  service: string,
): LayoutService['toggle'] {
  const labels = clusterGenerators(applicationSet).flatMap(({ matchLabels }) =>
    Object.entries(matchLabels),
  );
  const found =
    labels.find(
      ([key]) =>
        nameToken(service).test(key) ||
        nameToken(snakeCase(service)).test(key.replace(/-/g, '_')),
    ) ?? labels.find(([key]) => /^enabled?[_\-./]/.test(key));
  return found && { key: found[0], value: String(found[1]) };
}

/** Directory in this repository that an ApplicationSet's template names, where it names one without a placeholder. */
export function sourcePath(
  applicationSet: ApplicationSet,
  repository: RepositorySnapshot,
): string | undefined {
  const spec = applicationSet.spec.template?.spec;
  const sources = spec?.sources ?? (spec?.source ? [spec.source] : []);
  const own = sources.find(
    (source: { repoURL?: unknown; path?: unknown }) =>
      typeof source?.path === 'string' &&
      !source.path.includes('{{') &&
      normalizeRepositoryUrl(String(source.repoURL)) ===
        normalizeRepositoryUrl(repository.url),
  );
  return own?.path.replace(/^\.?\/+|\/+$/g, '');
}

const onFleetCache = new WeakMap<
  object,
  { url: string; services: OnFleet[] }
>();

/** The services with an ApplicationSet of this layout. */
export function onFleet(repository: RepositorySnapshot): OnFleet[] {
  const cached = onFleetCache.get(repository.files);
  if (cached?.url === repository.url) return cached.services;
  const services = indexRepository(repository).applicationSets.flatMap(
    applicationSet => {
      if (layoutOfApplicationSet(applicationSet.object) !== 'cluster-generator')
        return [];
      const name = serviceOfApplicationSet(applicationSet.object);
      const toggle = toggleOf(applicationSet.object, name);
      const path = sourcePath(applicationSet.object, repository);
      return toggle ? [{ name, applicationSet, toggle, path }] : [];
    },
  );
  onFleetCache.set(repository.files, { url: repository.url, services });
  return services;
}

/** The directories that hold the directories of these services, for example `services`. */
export function rootsOf(services: LayoutService[]): string[] {
  const roots = services.flatMap(({ path }) =>
    path?.includes('/') ? [path.slice(0, path.lastIndexOf('/'))] : [],
  );
  return [...new Set(roots)].sort();
}

/** Directories that hold the services' directories, for example `services`. */
export function serviceRoots(repository: RepositorySnapshot): string[] {
  return rootsOf(onFleet(repository));
}

export function hasDirectory(
  repository: RepositorySnapshot,
  path: string,
): boolean {
  for (const file of repository.files.keys())
    if (file.startsWith(`${path}/`)) return true;
  return false;
}

export function listServices(repository: RepositorySnapshot): LayoutService[] {
  return withCharts(onFleet(repository), repository);
}

/** Services with the charts and kustomizations beside theirs that nothing deploys yet. Sorted by name. */
export function withCharts(
  deployed: LayoutService[],
  repository: RepositorySnapshot,
): LayoutService[] {
  const services = [...deployed];
  const known = new Set(services.map(({ name }) => name));
  const paths = new Set(services.map(({ path }) => path));
  for (const root of rootsOf(deployed)) {
    const names = new Set<string>();
    for (const file of repository.files.keys()) {
      const match =
        file.startsWith(`${root}/`) &&
        /^([^/]+)\/(Chart|kustomization)\.ya?ml$/.exec(
          file.slice(root.length + 1),
        );
      if (match) names.add(match[1]);
    }
    for (const name of names) {
      const path = `${root}/${name}`;
      if (!known.has(name) && !paths.has(path)) services.push({ name, path });
    }
  }
  return services.sort((one, other) => (one.name < other.name ? -1 : 1));
}

export function findService(
  name: string,
  repository: RepositorySnapshot,
): OnFleet {
  const services = onFleet(repository);
  const found = services.filter(service => service.name === name);
  if (found.length > 1) {
    throw new ConflictError(
      `Service \`${name}\` has several ApplicationSets: ${found
        .map(({ applicationSet }) => applicationSet.file)
        .join(', ')}. Name the labels of the clusters instead.`,
    );
  }
  if (found.length === 0) {
    throw new NotFoundError(
      `No ApplicationSet of the repository deploys \`${name}\`. ${suggest(
        name,
        services.map(service => service.name),
      )}`,
    );
  }
  return found[0];
}
