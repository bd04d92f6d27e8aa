import { ConflictError } from '@backstage/errors';
import type { ApplicationSet } from '../model/argocd';
import type { RepositorySnapshot } from '../model/repository';
import { indexRepository } from '../repository/indexRepository';
import { removeListItem } from '../yaml';
import {
  generatorLeaves,
  layoutOfApplicationSet,
} from './applicationSets/generatorLeaves';
import { requireCluster, Row, rowsOf } from './applicationSets/rows';
import {
  applicationSetsIn,
  DeployedService,
  findDeployed,
  servicesOf,
} from './applicationSets/services';
import { listDeployments, setVersion } from './applicationSets/versions';
import { Edits } from './edits';
import { withCharts } from './fleetServices';
import { addElement } from './listGenerator/addElement';
import { onboardToList } from './listGenerator/onboardToList';
import { removeApplicationSet, removeServiceFiles } from './offboarding';
import { checkExisting } from './onboarding';
import { inSequence } from './sequence';
import type { Layout, LayoutContext, LayoutEdit } from './types';

const ID = 'list-generator';

/**
 * ApplicationSets with a list generator: each element names a cluster, and often the service and its version.
 *
 * @public
 */
export const listGeneratorLayout: Layout = {
  id: ID,
  title: 'List generator with an element for each deployment',

  detect(repository) {
    const sets = applicationSetsIn(repository, ID);
    if (sets.length === 0) return undefined;
    const elements = sets.flatMap(({ object }) =>
      generatorLeaves(object).flatMap(({ spec }) => spec.elements ?? []),
    );
    const { applicationSets } = indexRepository(repository);
    return {
      layout: ID,
      certainty: sets.length / applicationSets.length,
      sentence: `${sets.length} of ${applicationSets.length} ApplicationSets have a list generator, with ${elements.length} elements altogether.`,
    };
  },

  listServices: repository => withCharts(services(repository), repository),

  listClusters: repository => indexRepository(repository).clusters,

  onboard(request, repository, context = {}) {
    const service = services(repository).find(
      ({ name }) => name === request.service,
    );
    const rows = rowsIn(repository, context);
    for (const cluster of request.clusters)
      requireCluster(cluster, rows, repository, context);
    if (!service) return onboardToList(request, rows, repository, context);
    checkExisting(request, service);
    return add(request.service, request.clusters, repository, context);
  },

  enable(name, clusters, repository, context = {}) {
    findDeployed(name, services(repository));
    const rows = rowsIn(repository, context);
    for (const cluster of clusters)
      requireCluster(cluster, rows, repository, context);
    return add(name, clusters, repository, context);
  },

  disable(name, clusters, repository, context = {}) {
    findDeployed(name, services(repository));
    const rows = rowsIn(repository, context);
    for (const cluster of clusters)
      requireCluster(cluster, rows, repository, context);
    return removeElements(
      row => row.service === name && clusters.includes(row.cluster),
      repository,
      context,
    );
  },

  offboard({ service: name, deleteFiles }, repository, context = {}) {
    const all = services(repository);
    const service = findDeployed(name, all);
    const shared = all.some(
      other => other.name !== name && sameSet(other, service),
    );
    const edits = new Edits(repository);
    if (!shared)
      removeApplicationSet(service.applicationSet, repository, edits);
    if (deleteFiles) removeServiceFiles(service, repository, edits);
    return inSequence(repository, [
      () => edits.result(),
      state =>
        shared
          ? removeElements(row => row.service === name, state, context)
          : { changes: new Map(), lines: [] },
    ]);
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

function sameSet(one: DeployedService, other: DeployedService): boolean {
  return one.applicationSet.object === other.applicationSet.object;
}

function services(repository: RepositorySnapshot): DeployedService[] {
  return servicesOf(applicationSetsIn(repository, ID), repository);
}

function rowsIn(repository: RepositorySnapshot, context: LayoutContext): Row[] {
  return rowsOf(applicationSetsIn(repository, ID), repository, context);
}

function add(
  service: string,
  clusters: string[],
  repository: RepositorySnapshot,
  context: LayoutContext,
): LayoutEdit {
  return inSequence(
    repository,
    clusters.map(cluster => state => {
      const rows = rowsIn(state, context);
      const siblings = rows.filter(row => row.service === service);
      const isThere = siblings.some(row => row.cluster === cluster);
      if (isThere) return { changes: new Map(), lines: [] };
      if (siblings.length === 0)
        throw new ConflictError(
          `\`${service}\` has no list element that could be the pattern for another. Add the first one by hand.`,
        );
      return addElement({ service, cluster, siblings, rows }, state, context);
    }),
  );
}

function removeElements(
  isMeant: (row: Row) => boolean,
  repository: RepositorySnapshot,
  context: LayoutContext,
): LayoutEdit {
  const count = rowsIn(repository, context).filter(isMeant).length;
  // One by one: the places of the others move.
  return inSequence(
    repository,
    Array.from({ length: count }, () => (state: RepositorySnapshot) => {
      const edits = new Edits(state);
      const [{ place, service, cluster }] = rowsIn(state, context).filter(
        isMeant,
      );
      const { file, document, path } = place;
      edits.set(
        file,
        removeListItem(edits.text(file), path, { file, document }),
        `${file}: remove ${service} from ${cluster}`,
      );
      return edits.result();
    }),
  );
}
