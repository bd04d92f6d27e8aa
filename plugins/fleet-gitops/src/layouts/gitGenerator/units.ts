import type { GeneratedApplication } from '../../applicationset';
import type { ApplicationSet } from '../../model/argocd';
import type { RepositorySnapshot } from '../../model/repository';
import type { Declared } from '../../repository';
import { dependencies } from '../../sources/dependencies';
import { generatedDeployments } from '../applicationSets/deployments';
import { generatorLeaves } from '../applicationSets/generatorLeaves';
import { generatorDirectory } from '../applicationSets/parameterPlaces';
import { Row, rowsOf } from '../applicationSets/rows';
import type { DeployedService } from '../applicationSets/services';
import type { LayoutContext } from '../types';
import type { DeployedApplication } from '../versions';

/** A file or directory that puts a service on a cluster. */
export interface Unit {
  kind: 'file' | 'directory';
  path: string;
  service: string;
  cluster: string;
  declared: Declared<ApplicationSet>;
  deployed: DeployedApplication;
  /** The content, for a file. */
  row?: Row;
}

/** Whether other generators say which clusters there are: then a file or directory is for all of them. */
export function isForAllClusters({
  object,
}: Declared<ApplicationSet>): boolean {
  return generatorLeaves(object).some(({ kind }) => kind !== 'git');
}

/** The patterns of files and directories that an ApplicationSet reads, for people. */
export function patternsOf({ object }: Declared<ApplicationSet>): string[] {
  return generatorLeaves(object)
    .filter(({ kind }) => kind === 'git')
    .flatMap(({ spec }) => spec.files ?? spec.directories ?? [])
    .filter(({ exclude }) => !exclude)
    .map(({ path }) => String(path));
}

function directoryOf(
  { object }: Declared<ApplicationSet>,
  { generator, params }: GeneratedApplication,
): string | undefined {
  const leaf = generatorLeaves(object, generator).find(
    ({ kind, spec }) => kind === 'git' && spec.directories,
  );
  return leaf && generatorDirectory(leaf, params);
}

/** The files and directories of ApplicationSets that name the clusters themselves. */
export function unitsOf(
  applicationSets: Declared<ApplicationSet>[],
  repository: RepositorySnapshot,
  context: LayoutContext,
): Unit[] {
  const own = applicationSets.filter(declared => !isForAllClusters(declared));
  const files = rowsOf(own, repository, context).map(
    (row): Unit => ({
      kind: 'file',
      path: row.place.file,
      service: row.service,
      cluster: row.cluster,
      declared: row.declared,
      deployed: row.deployed,
      row,
    }),
  );
  const directories = generatedDeployments(own, repository, context).flatMap(
    ({ declared, generated, deployed }): Unit[] => {
      const path = directoryOf(declared, generated);
      const { service, cluster } = deployed;
      return path === undefined || cluster === undefined
        ? []
        : [{ kind: 'directory', path, service, cluster, declared, deployed }];
    },
  );
  return [...files, ...directories];
}

/**
 * The directory with what is a service's own and not of one cluster: its chart, or the base of its overlays. `undefined`
 * where a unit has all of it.
 */
export function ownDirectory(
  { kind, path, service, deployed }: Unit,
  repository: RepositorySnapshot,
): string | undefined {
  if (kind === 'directory')
    return dependencies(repository, path).find(
      place => place.split('/').pop() === service,
    );
  const { source, sources } = deployed.application.spec;
  return (source?.path ?? sources?.find(item => item.path)?.path)?.replace(
    /^\.?\/+|\/+$/g,
    '',
  );
}

/** Services with the directory that is their own. */
export function withOwnDirectories(
  services: DeployedService[],
  units: Unit[],
  repository: RepositorySnapshot,
): DeployedService[] {
  return services.map(service => {
    const unit = units.find(candidate => candidate.service === service.name);
    if (!unit) return service;
    const { path: _path, ...others } = service;
    const path = ownDirectory(unit, repository);
    return { ...others, ...(path ? { path } : {}) };
  });
}
