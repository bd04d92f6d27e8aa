import { ConflictError, NotFoundError } from '@backstage/errors';
import type { RepositorySnapshot } from '../model/repository';
import { indexRepository } from '../repository/indexRepository';
import { lookupOf } from '../repository/mergedHub';
import type { DeclaredCluster } from '../repository/types';
import { normalizePath } from '../sources/yamlFiles';
import { Edits } from './edits';
import { withCharts } from './fleetServices';
import { removeDocuments } from './layeredValues/documents';
import {
  branchOfFiles,
  ServiceManifest,
  serviceManifests,
} from './layeredValues/manifests';
import { addManifest } from './layeredValues/newManifest';
import { suggest } from './nearMatches';
import type {
  Layout,
  LayoutContext,
  LayoutDeployment,
  LayoutEdit,
  OnboardRequest,
} from './types';
import {
  decidedVersion,
  DeployedApplication,
  selectDeployments,
  setVersions,
  versionLayers,
} from './versions';

const ID = 'layered-values';

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

function manifestsOf(
  service: string,
  manifests: readonly ServiceManifest[],
): ServiceManifest[] {
  const own = manifests.filter(manifest => manifest.service === service);
  if (own.length > 0) return own;
  throw new NotFoundError(
    `No Application of the repository deploys \`${service}\`. ${suggest(
      service,
      [...new Set(manifests.map(manifest => manifest.service))].sort(),
    )}`,
  );
}

function checkClusters(
  names: readonly string[],
  manifests: readonly ServiceManifest[],
): void {
  const known = new Set(manifests.flatMap(({ cluster }) => cluster ?? []));
  for (const name of names) {
    if (!known.has(name))
      throw new NotFoundError(
        `No Application of the repository goes to cluster \`${name}\`. ${suggest(
          name,
          [...known].sort(),
        )}`,
      );
  }
}

/** What was asked for beside the clusters must be what the service's Applications say elsewhere. */
function checkExisting(
  { service, namespace, path }: OnboardRequest,
  [{ declared, path: ownPath }]: ServiceManifest[],
): void {
  const { file, object } = declared;
  const own = object.spec.destination?.namespace;
  if (namespace !== undefined && namespace !== own) {
    throw new ConflictError(
      `parameters.namespace: ${file} deploys \`${service}\` to namespace \`${own}\`, not \`${namespace}\`. Leave the namespace out, or change it in that file.`,
    );
  }
  if (path !== undefined && path !== ownPath) {
    throw new ConflictError(
      `parameters.path: ${file} deploys \`${service}\` from \`${ownPath}\`, not \`${path}\`. Leave the path out, or change it in that file.`,
    );
  }
}

function add(
  request: OnboardRequest,
  own: readonly ServiceManifest[],
  manifests: readonly ServiceManifest[],
  repository: RepositorySnapshot,
): LayoutEdit {
  checkClusters(request.clusters, manifests);
  const edits = new Edits(repository);
  for (const cluster of request.clusters) {
    if (!own.some(manifest => manifest.cluster === cluster))
      addManifest(request, cluster, { manifests, own, repository, edits });
  }
  return edits.result();
}

function remove(
  manifests: readonly ServiceManifest[],
  repository: RepositorySnapshot,
  edits: Edits,
): void {
  const files = new Map<string, ServiceManifest[]>();
  for (const manifest of manifests) {
    const { file } = manifest.declared;
    files.set(file, [...(files.get(file) ?? []), manifest]);
  }
  for (const [file, found] of files) {
    removeDocuments(
      file,
      found.map(({ declared }) => declared.document),
      found.map(({ declared }) => declared.object.metadata.name).join(', '),
      repository,
      edits,
    );
  }
}

function deployed({
  declared,
  ...place
}: ServiceManifest): DeployedApplication {
  const { object, file, document } = declared;
  const { service, cluster, environment, region } = place;
  return {
    service,
    ...(cluster ? { cluster } : {}),
    ...(environment ? { environment } : {}),
    ...(region ? { region } : {}),
    application: object,
    file,
    origin: path => ({ file, document, path }),
  };
}

function readDeployments(
  repository: RepositorySnapshot,
  context: LayoutContext,
) {
  const manifests = serviceManifests(repository, context);
  const branch = context.branch ?? branchOfFiles(repository, manifests);
  const lookup = lookupOf(
    repository,
    { clusters: [], repositories: () => undefined },
    { branch },
  );
  return { manifests, branch, lookup };
}

/** The branch or tag of this repository that a manifest follows, where it is not the one that the files are of. */
function followed(
  { revision }: ServiceManifest,
  branch: string | undefined,
): Pick<LayoutDeployment, 'revision'> {
  return revision && revision !== branch && revision !== 'HEAD'
    ? { revision }
    : {};
}

function keyOf({ service, environment, cluster }: LayoutDeployment): string {
  return [service, environment ?? '', cluster ?? ''].join('\n');
}

/**
 * One Application manifest for each service and environment, whose Helm values are `values.yaml` with
 * `values-<environment>.yaml` over it. A version is promoted by an edit: in the values file of the environment, in its
 * manifest, or, where each environment follows a branch of its own, on that branch.
 *
 * @public
 */
export const layeredValuesLayout: Layout = {
  id: ID,
  title: 'One Application manifest for each environment, with layered values',

  detect(repository) {
    const manifests = serviceManifests(repository);
    if (manifests.length === 0) return undefined;
    const { applicationSets } = indexRepository(repository);
    const services = new Set(manifests.map(({ service }) => service));
    const environments = new Set(
      manifests.map(({ environment, cluster }) => environment ?? cluster),
    );
    const branches = new Set(
      manifests.flatMap(({ revision }) => revision ?? []),
    );
    // One manifest for a service that is in one place only may be something else.
    const named = manifests.filter(({ environment }) => environment).length;
    const [{ declared }] = manifests;
    return {
      layout: ID,
      certainty:
        (named + (manifests.length - named) / 2) /
        (manifests.length + applicationSets.length),
      sentence: `${count(manifests.length, 'Application manifest')} such as ${
        declared.file
      } put ${count(services.size, 'service')} into ${count(
        environments.size,
        'environment',
      )}${
        branches.size > 1 ? `, which follow ${branches.size} branches` : ''
      }.`,
    };
  },

  listServices(repository) {
    const services = new Map(
      serviceManifests(repository).map(({ service, path }) => [
        service,
        { name: service, ...(path ? { path } : {}) },
      ]),
    );
    return withCharts([...services.values()], repository);
  },

  listClusters(repository) {
    const { clusters } = indexRepository(repository);
    const found = new Map<string, DeclaredCluster>();
    for (const manifest of serviceManifests(repository)) {
      const { cluster: name, environment, region, declared } = manifest;
      if (!name || found.has(name)) continue;
      const { server = '' } = declared.object.spec.destination ?? {};
      found.set(
        name,
        clusters.find(cluster => cluster.name === name) ?? {
          name,
          server,
          labels: {
            ...(environment ? { environment } : {}),
            ...(region ? { region } : {}),
          },
          annotations: {},
          file: declared.file,
          document: declared.document,
        },
      );
    }
    return [...found.values()].sort((one, other) =>
      one.name < other.name ? -1 : 1,
    );
  },

  onboard(request, repository, context) {
    const manifests = serviceManifests(repository, context);
    const own = manifests.filter(({ service }) => service === request.service);
    if (own.length > 0) checkExisting(request, own);
    return add(request, own, manifests, repository);
  },

  enable(service, clusters, repository, context) {
    const manifests = serviceManifests(repository, context);
    const own = manifestsOf(service, manifests);
    return add({ service, clusters }, own, manifests, repository);
  },

  disable(service, clusters, repository, context) {
    const manifests = serviceManifests(repository, context);
    const own = manifestsOf(service, manifests);
    checkClusters(clusters, manifests);
    const edits = new Edits(repository);
    const named = new Set<string | undefined>(clusters);
    remove(
      own.filter(({ cluster }) => named.has(cluster)),
      repository,
      edits,
    );
    return edits.result();
  },

  offboard({ service, deleteFiles }, repository, context) {
    const manifests = serviceManifests(repository, context);
    const own = manifestsOf(service, manifests);
    const edits = new Edits(repository);
    remove(own, repository, edits);
    if (deleteFiles) deleteSources(own, manifests, repository, edits);
    return edits.result();
  },

  listDeployments(repository, context = {}) {
    const { manifests, branch, lookup } = readDeployments(repository, context);
    return manifests
      .map((manifest): LayoutDeployment => {
        const { application, origin, ...place } = deployed(manifest);
        return {
          ...place,
          ...followed(manifest, branch),
          ...decidedVersion(
            versionLayers(
              { application, origin, ...place },
              repository,
              lookup,
            ),
          ),
        };
      })
      .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  },

  setVersion(request, repository, given = {}) {
    const context = {
      ...given,
      environmentLabels: request.environmentLabels ?? given.environmentLabels,
    };
    const { manifests, branch } = readDeployments(repository, context);
    manifestsOf(request.service, manifests);
    const meant = selectDeployments(manifests, request);
    for (const manifest of meant) {
      const { revision } = followed(manifest, branch);
      if (revision)
        throw new ConflictError(
          `${
            manifest.declared.file
          } follows \`${revision}\`: the version of \`${request.service}\` in ${
            manifest.environment ?? manifest.cluster
          } is decided there. Merge into it, or make the change on it.`,
        );
    }
    const names = new Set(meant.map(({ declared }) => nameOf(declared.object)));
    return setVersions({
      repository,
      version: request.version,
      isTarget: ({ application }) => names.has(nameOf(application)),
      read: state => {
        const { manifests: all, lookup } = readDeployments(state, {
          ...context,
          branch,
        });
        return { deployments: all.map(deployed), lookup };
      },
    });
  },
};

function nameOf({ metadata }: DeployedApplication['application']): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** Deletes the service's own directory, unless another service is deployed from it. */
function deleteSources(
  own: readonly ServiceManifest[],
  manifests: readonly ServiceManifest[],
  repository: RepositorySnapshot,
  edits: Edits,
): void {
  const paths = new Set(own.flatMap(({ path }) => path || []));
  for (const path of paths) {
    const other = manifests.find(
      manifest =>
        !own.includes(manifest) &&
        manifest.path !== undefined &&
        `${normalizePath(manifest.path)}/`.startsWith(`${path}/`),
    );
    if (other) {
      throw new ConflictError(
        `parameters.deleteFiles: ${other.declared.file} deploys from \`${path}\` too. Leave the files, or remove that Application first.`,
      );
    }
    for (const file of repository.files.keys())
      if (file.startsWith(`${path}/`)) edits.delete(file, `${file}: remove`);
  }
}
