import { ConflictError } from '@backstage/errors';
import type { ApplicationSet } from '../model/argocd';
import type { RepositorySnapshot } from '../model/repository';
import type { Declared } from '../repository';
import { indexRepository } from '../repository/indexRepository';
import { nameToken, snakeCase } from '../repository/serviceName';
import { generatedDeployments } from './applicationSets/deployments';
import { evaluationScope } from './applicationSets/evaluations';
import {
  generatorLeaves,
  layoutOfApplicationSet,
} from './applicationSets/generatorLeaves';
import { requireCluster } from './applicationSets/rows';
import {
  DeployedService,
  findDeployed,
  servicesOf,
} from './applicationSets/services';
import { listDeployments, setVersion } from './applicationSets/versions';
import { Edits } from './edits';
import { sourcePath, withCharts } from './fleetServices';
import { unexpectedEffect } from './matrixMerge/effects';
import { metadataSwitches, switchesFor } from './matrixMerge/switches';
import { overrideVersions } from './matrixMerge/overrideVersions';
import { removeApplicationSet, removeServiceFiles } from './offboarding';
import { checkExisting, createApplicationSet } from './onboarding';
import { inSequence } from './sequence';
import type {
  Layout,
  LayoutContext,
  LayoutEdit,
  OnboardRequest,
} from './types';

const ID = 'matrix-merge';

/** Sets that combine generators, or choose among what one yields by a selector behind it. */
function owns(applicationSet: ApplicationSet): boolean {
  const { generators } = applicationSet.spec;
  return (
    layoutOfApplicationSet(applicationSet) === ID ||
    generatorLeaves(applicationSet).some(({ within }) => within.length > 0) ||
    (Array.isArray(generators) &&
      generators.some(generator => generator?.selector && generator.clusters))
  );
}

function setsOf(repository: RepositorySnapshot): Declared<ApplicationSet>[] {
  return indexRepository(repository).applicationSets.filter(({ object }) =>
    owns(object),
  );
}

function servicesIn(repository: RepositorySnapshot): DeployedService[] {
  return servicesOf(setsOf(repository), repository).map(service => {
    const [found] = metadataSwitches(
      service.applicationSet.object,
      service.name,
    ).filter(({ field, on }) => field === 'labels' && on !== null);
    return found
      ? { ...service, toggle: { key: found.key, value: found.on! } }
      : service;
  });
}

function isOn(
  { name, applicationSet }: DeployedService,
  cluster: string,
  repository: RepositorySnapshot,
  context: LayoutContext,
): boolean {
  return generatedDeployments([applicationSet], repository, context).some(
    ({ deployed }) => deployed.service === name && deployed.cluster === cluster,
  );
}

/** Switches a service on one cluster by the first of its switches that does this and nothing else. */
function switchOne(
  name: string,
  cluster: string,
  on: boolean,
  repository: RepositorySnapshot,
  context: LayoutContext,
): LayoutEdit {
  const service = findDeployed(name, servicesIn(repository));
  if (isOn(service, cluster, repository, context) === on)
    return { changes: new Map(), lines: [] };
  const { applicationSet: declared } = service;
  const record = evaluationScope(repository, context).hub.clusters.find(
    candidate => candidate.name === cluster,
  )!;
  const reasons: string[] = [];
  const target = { service: name, declared, cluster: record };
  for (const candidate of switchesFor(target, repository, context)) {
    const edit = candidate.edit(on);
    if (edit.changes.size === 0) continue;
    const reason = unexpectedEffect(
      {
        service: name,
        clusters: new Set([cluster]),
        change: on ? 'create' : 'delete',
      },
      edit,
      repository,
      context,
    );
    if (!reason) return edit;
    reasons.push(`by ${candidate.name}, ${reason}`);
  }
  const { file, object } = declared;
  throw new ConflictError(
    `${file}: ApplicationSet \`${object.metadata.name}\` cannot be switched ${
      on ? 'on' : 'off'
    } for cluster \`${cluster}\` alone${
      reasons.length > 0 ? `: ${reasons.join('; ')}` : ''
    }. Change its generators by hand.`,
  );
}

function switchAll(
  name: string,
  clusters: string[],
  on: boolean,
  repository: RepositorySnapshot,
  context: LayoutContext,
): LayoutEdit {
  findDeployed(name, servicesIn(repository));
  for (const cluster of clusters)
    requireCluster(cluster, [], repository, context);
  return inSequence(
    repository,
    clusters.map(
      cluster => state => switchOne(name, cluster, on, state, context),
    ),
  );
}

/** Values that say a version belong to the sibling: a copy would have the wrong one. */
function saysVersion(applicationSet: ApplicationSet): boolean {
  return generatorLeaves(applicationSet).some(({ spec }) =>
    Object.keys(spec.values ?? {}).some(key =>
      /version|revision|tag$/i.test(key),
    ),
  );
}

function createService(
  request: OnboardRequest,
  repository: RepositorySnapshot,
): LayoutEdit {
  const edits = new Edits(repository);
  createApplicationSet(request, repository, edits, {
    siblings: servicesIn(repository),
    isUsable: object =>
      metadataSwitches(object, 'a-service').some(({ key }) =>
        nameToken(snakeCase('a-service')).test(key.replace(/-/g, '_')),
      ) &&
      Boolean(sourcePath(object, repository)?.includes('a-service')) &&
      !saysVersion(object),
    needed:
      'deploys a directory of this repository with its service’s name, selects clusters by a label with that name, leaves the version to the directory’s own files',
  });
  return edits.result();
}

/**
 * ApplicationSets that merge cluster generators with overrides for environments and single clusters, or combine lists and
 * directories with clusters, as fleets of add-ons do.
 *
 * @remarks
 * What switches a service on a cluster (a label, an annotation that a selector reads, an element of a list, an override) is
 * found out by evaluating all ApplicationSets with the edit: one that does more than it should is not made.
 *
 * @public
 */
export const matrixMergeLayout: Layout = {
  id: ID,
  title: 'Merged and combined generators with overrides for environments',

  detect(repository) {
    const sets = setsOf(repository);
    if (!sets.some(({ object }) => layoutOfApplicationSet(object) === ID))
      return undefined;
    const { applicationSets, clusters } = indexRepository(repository);
    const merged = sets.filter(({ object }) =>
      generatorLeaves(object).some(({ within }) => within.includes('merge')),
    );
    return {
      layout: ID,
      certainty: sets.length / applicationSets.length,
      sentence: `${sets.length} of ${applicationSets.length} ApplicationSets combine generators or select among their parameters, ${merged.length} of them merge overrides; ${clusters.length} clusters are declared in Git.`,
    };
  },

  listServices: repository => withCharts(servicesIn(repository), repository),

  listClusters: repository => indexRepository(repository).clusters,

  onboard(request, repository, context = {}) {
    const service = servicesIn(repository).find(
      ({ name }) => name === request.service,
    );
    for (const cluster of request.clusters)
      requireCluster(cluster, [], repository, context);
    if (service) checkExisting(request, service);
    return inSequence(repository, [
      state =>
        service
          ? { changes: new Map(), lines: [] }
          : createService(request, state),
      state =>
        switchAll(request.service, request.clusters, true, state, context),
    ]);
  },

  enable: (service, clusters, repository, context = {}) =>
    switchAll(service, clusters, true, repository, context),

  disable: (service, clusters, repository, context = {}) =>
    switchAll(service, clusters, false, repository, context),

  offboard({ service: name, deleteFiles }, repository) {
    const service = findDeployed(name, servicesIn(repository));
    const edits = new Edits(repository);
    const { applicationSet } = service;
    const others = servicesIn(repository).filter(other => other.name !== name);
    const shared = others.find(
      other => other.applicationSet.object === applicationSet.object,
    );
    if (shared) {
      throw new ConflictError(
        `${applicationSet.file} deploys \`${shared.name}\` too. Take \`${name}\` out of it by hand.`,
      );
    }
    removeApplicationSet(applicationSet, repository, edits);
    for (const { field, key } of metadataSwitches(
      applicationSet.object,
      name,
    )) {
      const used = others.some(other =>
        metadataSwitches(other.applicationSet.object, other.name).some(
          item => item.key === key,
        ),
      );
      if (used || field !== 'labels') continue;
      for (const cluster of indexRepository(repository).clusters)
        if (key in cluster.labels) edits.label(cluster, key, null);
    }
    if (deleteFiles) removeServiceFiles(service, repository, edits);
    return edits.result();
  },

  listDeployments: (repository, context = {}) =>
    listDeployments(repository, context, owns),

  setVersion(request, repository, context = {}) {
    findDeployed(request.service, servicesIn(repository));
    try {
      return setVersion(request, repository, context, owns);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const edit = overrideVersions(
        request,
        setsOf(repository),
        repository,
        context,
      );
      if (edit) return edit;
      throw error;
    }
  },
};
