import type { ApplicationSet } from '../model/argocd';
import { layoutOfApplicationSet } from './applicationSets/generatorLeaves';
import { listDeployments, setVersion } from './applicationSets/versions';
import { findCluster } from './clusterLabels';
import { Edits } from './edits';
import { findService, listServices, onFleet } from './fleetServices';
import { checkExisting, createToggledApplicationSet } from './onboarding';
import { removeApplicationSet, removeServiceFiles } from './offboarding';
import { indexRepository } from '../repository/indexRepository';
import type { Layout } from './types';

const ID = 'cluster-generator';

/**
 * ApplicationSets with a cluster generator: a service runs where the cluster has its label (`enable_<service>: "true"`),
 * and the clusters are declared in Git as Secrets.
 *
 * @public
 */
export const clusterGeneratorLayout: Layout = {
  id: ID,
  title: 'Cluster generator with a label for each service',

  detect(repository) {
    const services = onFleet(repository);
    const { applicationSets, clusters } = indexRepository(repository);
    if (services.length === 0 || clusters.length === 0) return undefined;
    const [{ toggle }] = services;
    return {
      layout: ID,
      certainty: services.length / applicationSets.length,
      sentence: `${services.length} of ${applicationSets.length} ApplicationSets select clusters by a label such as \`${toggle.key}: "${toggle.value}"\`; ${clusters.length} clusters are declared in Git.`,
    };
  },

  listServices,

  listClusters: repository => indexRepository(repository).clusters,

  onboard(request, repository) {
    const edits = new Edits(repository);
    const clusters = request.clusters.map(name =>
      findCluster(name, repository),
    );
    const exists = onFleet(repository).some(
      ({ name }) => name === request.service,
    );
    let toggle;
    if (exists) {
      const service = findService(request.service, repository);
      checkExisting(request, service);
      toggle = service.toggle;
    } else {
      toggle = createToggledApplicationSet(request, repository, edits);
    }
    for (const cluster of clusters)
      edits.label(cluster, toggle.key, toggle.value);
    return edits.result();
  },

  enable(name, clusters, repository) {
    const edits = new Edits(repository);
    const { toggle } = findService(name, repository);
    for (const cluster of clusters)
      edits.label(findCluster(cluster, repository), toggle.key, toggle.value);
    return edits.result();
  },

  disable(name, clusters, repository) {
    const edits = new Edits(repository);
    const { toggle } = findService(name, repository);
    for (const cluster of clusters)
      edits.label(findCluster(cluster, repository), toggle.key, null);
    return edits.result();
  },

  offboard({ service: name, deleteFiles }, repository) {
    const edits = new Edits(repository);
    const service = findService(name, repository);
    removeApplicationSet(service.applicationSet, repository, edits);
    const { key } = service.toggle;
    const isShared = onFleet(repository).some(
      other => other.name !== name && other.toggle.key === key,
    );
    if (!isShared) {
      for (const cluster of indexRepository(repository).clusters)
        if (key in cluster.labels) edits.label(cluster, key, null);
    }
    if (deleteFiles) removeServiceFiles(service, repository, edits);
    return edits.result();
  },

  listDeployments: (repository, context = {}, service = undefined) =>
    listDeployments(repository, context, owns, service),

  setVersion(request, repository, context = {}) {
    findService(request.service, repository);
    return setVersion(request, repository, context, owns);
  },
};

function owns(applicationSet: ApplicationSet): boolean {
  return layoutOfApplicationSet(applicationSet) === ID;
}
