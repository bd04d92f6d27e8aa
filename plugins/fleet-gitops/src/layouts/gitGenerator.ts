import { ConflictError } from '@backstage/errors';
import type { ApplicationSet } from '../model/argocd';
import type { RepositorySnapshot } from '../model/repository';
import { indexRepository } from '../repository/indexRepository';
import { layoutOfApplicationSet } from './applicationSets/generatorLeaves';
import { requireCluster } from './applicationSets/rows';
import {
  applicationSetsIn,
  DeployedService,
  findDeployed,
  servicesOf,
} from './applicationSets/services';
import { listDeployments, setVersion } from './applicationSets/versions';
import { Edits } from './edits';
import { withCharts } from './fleetServices';
import { copyUnit } from './gitGenerator/copyUnit';
import { onboardUnits } from './gitGenerator/onboardUnits';
import {
  isForAllClusters,
  patternsOf,
  Unit,
  unitsOf,
  withOwnDirectories,
} from './gitGenerator/units';
import { removeServiceFiles } from './offboarding';
import { inSequence } from './sequence';
import type { Layout, LayoutContext, LayoutEdit } from './types';

const ID = 'git-generator';

/**
 * ApplicationSets with a git generator: a file or directory for each service and cluster, or for each service where a
 * matrix brings in the clusters.
 *
 * @public
 */
export const gitGeneratorLayout: Layout = {
  id: ID,
  title: 'Git generator with a file or directory for each deployment',

  detect(repository) {
    const sets = applicationSetsIn(repository, ID);
    if (sets.length === 0) return undefined;
    const { applicationSets } = indexRepository(repository);
    const patterns = sets.flatMap(patternsOf).map(path => `\`${path}\``);
    return {
      layout: ID,
      certainty: sets.length / applicationSets.length,
      sentence: `${sets.length} of ${
        applicationSets.length
      } ApplicationSets make Applications from files or directories in Git: ${patterns.join(
        ', ',
      )}.`,
    };
  },

  listServices: repository => withCharts(services(repository), repository),

  listClusters: repository => indexRepository(repository).clusters,

  onboard(request, repository, context = {}) {
    const known = services(repository).find(
      ({ name }) => name === request.service,
    );
    requireClusters(request.clusters, repository, context);
    return known
      ? switchOn(known, request.clusters, repository, context)
      : onboardUnits(request, repository, context);
  },

  enable(name, clusters, repository, context = {}) {
    const service = findDeployed(name, services(repository));
    requireClusters(clusters, repository, context);
    return switchOn(service, clusters, repository, context);
  },

  disable(name, clusters, repository, context = {}) {
    const service = findDeployed(name, services(repository));
    requireClusters(clusters, repository, context);
    if (isForAllClusters(service.applicationSet)) {
      const there = clustersOf(name, repository, context);
      const [first] = clusters.filter(cluster => there.has(cluster));
      if (first === undefined) return { changes: new Map(), lines: [] };
      throw new ConflictError(
        `${service.applicationSet.file} puts \`${name}\` on every cluster that its generators select, so it cannot be taken off \`${first}\` alone. Change the labels of the cluster, or the selector.`,
      );
    }
    const edits = new Edits(repository);
    for (const unit of units(repository, context)) {
      if (unit.service === name && clusters.includes(unit.cluster))
        removeUnit(unit, repository, edits);
    }
    return edits.result();
  },

  offboard({ service: name, deleteFiles }, repository, context = {}) {
    const service = findDeployed(name, services(repository));
    const edits = new Edits(repository);
    if (isForAllClusters(service.applicationSet) && !deleteFiles) {
      throw new ConflictError(
        `parameters.deleteFiles: \`${service.path}\` itself is what deploys \`${name}\`, so it has to go. Ask for the files to be deleted too.`,
      );
    }
    for (const unit of units(repository, context)) {
      if (unit.service === name) removeUnit(unit, repository, edits);
    }
    if (deleteFiles) removeServiceFiles(service, repository, edits);
    return edits.result();
  },

  listDeployments: (repository, context = {}, service = undefined) =>
    listDeployments(repository, context, owns, service),

  setVersion(request, repository, context = {}) {
    findDeployed(request.service, services(repository));
    return setVersion(request, repository, context, owns);
  },
};

function owns(applicationSet: ApplicationSet): boolean {
  return layoutOfApplicationSet(applicationSet) === ID;
}

function services(repository: RepositorySnapshot): DeployedService[] {
  return withOwnDirectories(
    servicesOf(applicationSetsIn(repository, ID), repository),
    units(repository, {}),
    repository,
  );
}

function units(repository: RepositorySnapshot, context: LayoutContext): Unit[] {
  return unitsOf(applicationSetsIn(repository, ID), repository, context);
}

function clustersOf(
  service: string,
  repository: RepositorySnapshot,
  context: LayoutContext,
): Set<string | undefined> {
  return new Set(
    listDeployments(repository, context, owns, service).map(
      ({ cluster }) => cluster,
    ),
  );
}

function requireClusters(
  clusters: string[],
  repository: RepositorySnapshot,
  context: LayoutContext,
): void {
  const known = units(repository, context);
  for (const cluster of clusters)
    requireCluster(cluster, known, repository, context);
}

function switchOn(
  service: DeployedService,
  clusters: string[],
  repository: RepositorySnapshot,
  context: LayoutContext,
): LayoutEdit {
  const { name, applicationSet } = service;
  if (isForAllClusters(applicationSet)) {
    const there = clustersOf(name, repository, context);
    const missing = clusters.find(cluster => !there.has(cluster));
    if (missing === undefined) return { changes: new Map(), lines: [] };
    throw new ConflictError(
      `${applicationSet.file} puts \`${name}\` on every cluster that its generators select, and \`${missing}\` is not among them. Change the labels of the cluster, or the selector.`,
    );
  }
  return inSequence(
    repository,
    clusters.map(cluster => state => {
      const all = units(state, context);
      const own = all.filter(unit => unit.service === name);
      return own.some(unit => unit.cluster === cluster)
        ? { changes: new Map(), lines: [] }
        : copyUnit(own, { service: name, cluster }, all, state, context);
    }),
  );
}

function removeUnit(
  { kind, path, service, cluster }: Unit,
  repository: RepositorySnapshot,
  edits: Edits,
): void {
  const line = `${path}: remove ${service} from ${cluster}`;
  if (kind === 'file') {
    edits.delete(path, line);
    return;
  }
  for (const file of repository.files.keys()) {
    if (file.startsWith(`${path}/`)) edits.delete(file, line);
  }
}
