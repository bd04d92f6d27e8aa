import { NotFoundError } from '@backstage/errors';
import type { ApplicationSet } from '../../model/argocd';
import {
  normalizeRepositoryUrl,
  RepositorySnapshot,
} from '../../model/repository';
import type { Declared } from '../../repository';
import { indexRepository } from '../../repository/indexRepository';
import {
  isForOneService,
  serviceOfApplicationSet,
} from '../../repository/serviceName';
import { sourcesOf } from '../../sources/version';
import { normalizePath, readYamlFile } from '../../sources/yamlFiles';
import { sourcePath } from '../fleetServices';
import { suggest } from '../nearMatches';
import type { LayoutService } from '../types';
import { generatedDeployments } from './deployments';
import {
  ApplicationSetLayout,
  layoutOfApplicationSet,
} from './generatorLeaves';

/** The ApplicationSets of a layout. */
export function applicationSetsIn(
  repository: RepositorySnapshot,
  layout: ApplicationSetLayout,
): Declared<ApplicationSet>[] {
  return indexRepository(repository).applicationSets.filter(
    ({ object }) => layoutOfApplicationSet(object) === layout,
  );
}

/** A service with the ApplicationSet that deploys it. */
export type DeployedService = LayoutService & {
  applicationSet: Declared<ApplicationSet>;
};

/** The services of these ApplicationSets: those named for one, and those whose Applications one for many generates. */
export function servicesOf(
  applicationSets: Declared<ApplicationSet>[],
  repository: RepositorySnapshot,
): DeployedService[] {
  const services = new Map<string, DeployedService>();
  for (const applicationSet of applicationSets) {
    if (isForOneService(applicationSet.object)) {
      const name = serviceOfApplicationSet(applicationSet.object);
      const path = sourcePath(applicationSet.object, repository);
      if (!services.has(name))
        services.set(name, { name, applicationSet, ...(path ? { path } : {}) });
      continue;
    }
    for (const { deployed } of generatedDeployments(
      [applicationSet],
      repository,
    )) {
      const { service: name, application } = deployed;
      if (services.has(name)) continue;
      const source = sourcesOf(application).find(
        ({ repoURL, path }) =>
          path !== undefined &&
          normalizeRepositoryUrl(repoURL ?? '') ===
            normalizeRepositoryUrl(repository.url),
      );
      services.set(name, {
        name,
        applicationSet,
        ...(source?.path ? { path: normalizePath(source.path) } : {}),
      });
    }
  }
  return [...services.values()].sort((one, other) =>
    one.name < other.name ? -1 : 1,
  );
}

/** @throws `NotFoundError` with names that are alike */
export function findDeployed(
  name: string,
  services: DeployedService[],
): DeployedService {
  const found = services.find(service => service.name === name);
  if (found) return found;
  throw new NotFoundError(
    `No ApplicationSet of the repository deploys \`${name}\`. ${suggest(
      name,
      services.map(service => service.name),
    )}`,
  );
}

/** The version that a chart or kustomization says of itself. */
export function ownVersion(
  path: string | undefined,
  repository: RepositorySnapshot,
): string | undefined {
  if (path === undefined) return undefined;
  const read = (file: string) => readYamlFile(repository, `${path}/${file}`);
  const images: unknown = read('kustomization.yaml')?.images;
  const version =
    read('values.yaml')?.image?.tag ??
    read('Chart.yaml')?.appVersion ??
    (Array.isArray(images)
      ? images.find(image => image?.newTag)?.newTag
      : undefined);
  return version === undefined ? undefined : String(version);
}
