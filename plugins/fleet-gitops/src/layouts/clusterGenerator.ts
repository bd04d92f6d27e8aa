import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { parse } from 'yaml';
import type { ApplicationSet } from '../model/argocd';
import {
  normalizeRepositoryUrl,
  RepositorySnapshot,
} from '../model/repository';
import { appendListItem, setScalar } from '../yaml';
import { findCluster, labelCluster } from './clusterLabels';
import { suggest } from './nearMatches';
import { indexRepository } from './repositoryIndex';
import { clusterGenerators } from './selectors';
import { nameToken, serviceOfApplicationSet, snakeCase } from './serviceName';
import { copySibling } from './siblingPattern';
import type {
  Declared,
  Layout,
  LayoutCluster,
  LayoutEdit,
  LayoutService,
  OnboardRequest,
} from './types';

const ID = 'cluster-generator';

type OnFleet = LayoutService & {
  applicationSet: Declared<ApplicationSet>;
  toggle: { key: string; value: string };
};

/** The label that opts a cluster in: the one that has the service's name in its key, or begins with `enable`. */
function toggleOf(
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
function sourcePath(
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

function onFleet(repository: RepositorySnapshot): OnFleet[] {
  return indexRepository(repository).applicationSets.flatMap(applicationSet => {
    const name = serviceOfApplicationSet(applicationSet.object);
    const toggle = toggleOf(applicationSet.object, name);
    return toggle
      ? [
          {
            name,
            applicationSet,
            toggle,
            path: sourcePath(applicationSet.object, repository),
          },
        ]
      : [];
  });
}

/** Directories that hold the services' directories, for example `services`. */
export function serviceRoots(repository: RepositorySnapshot): string[] {
  const roots = onFleet(repository).flatMap(({ path }) =>
    path?.includes('/') ? [path.slice(0, path.lastIndexOf('/'))] : [],
  );
  return [...new Set(roots)].sort();
}

function hasDirectory(repository: RepositorySnapshot, path: string): boolean {
  for (const file of repository.files.keys())
    if (file.startsWith(`${path}/`)) return true;
  return false;
}

function listServices(repository: RepositorySnapshot): LayoutService[] {
  const services: LayoutService[] = onFleet(repository);
  const known = new Set(services.map(({ name }) => name));
  const paths = new Set(services.map(({ path }) => path));
  for (const root of serviceRoots(repository)) {
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

function findService(name: string, repository: RepositorySnapshot): OnFleet {
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

/** Edits that add up, each on the text that the one before left. */
class Edits {
  readonly changes = new Map<string, string | undefined>();
  readonly lines: string[] = [];

  constructor(private readonly repository: RepositorySnapshot) {}

  text(file: string): string {
    return this.changes.get(file) ?? this.repository.files.get(file) ?? '';
  }

  set(file: string, text: string, line: string): void {
    if (text === this.text(file)) return;
    this.changes.set(file, text);
    this.lines.push(line);
  }

  label(cluster: LayoutCluster, key: string, value: string | null): void {
    const { file } = cluster;
    const line =
      value === null
        ? `${file}: remove the label ${key}`
        : `${file}: label ${key}: ${JSON.stringify(value)}`;
    this.set(
      file,
      labelCluster(cluster, { [key]: value }, this.text(file)),
      line,
    );
  }

  result(): LayoutEdit {
    return { changes: this.changes, lines: this.lines };
  }
}

interface NewApplicationSet {
  text: string;
  file: string;
  sibling: OnFleet;
}

/**
 * The new ApplicationSet in the shape that most of the existing ones share.
 */
function fromSiblings(
  service: string,
  siblings: OnFleet[],
  repository: RepositorySnapshot,
): NewApplicationSet {
  const hyphenated = siblings.find(
    ({ name, toggle }) =>
      name.includes('-') && toggle.key.includes(snakeCase(name)),
  );
  const copy = (sibling: OnFleet, to: string) =>
    copySibling(
      sibling.applicationSet,
      repository.files.get(sibling.applicationSet.file)!,
      {
        from: sibling.name,
        to,
        snakeCaseLabels: hyphenated !== undefined,
      },
    );
  const shapes = new Map<string, OnFleet[]>();
  for (const sibling of siblings) {
    const shape = copy(sibling, 'a-service');
    // A name that is no part of the label cannot be replaced in it.
    if (
      shape === undefined ||
      !/a[-_]service/.test(toggleOf(parse(shape), 'a-service')?.key ?? '')
    )
      continue;
    shapes.set(shape, [...(shapes.get(shape) ?? []), sibling]);
  }
  const [most] = [...shapes.values()].sort(
    (one, other) => other.length - one.length,
  );
  if (!most) {
    throw new ConflictError(
      `No ApplicationSet of the repository can be the pattern for \`${service}\`: one is needed that selects clusters by a label with its service’s name and keeps that name out of project, repoURL, targetRevision and server. Write the first one by hand.`,
    );
  }
  const [sibling] = most;
  const { file } = sibling.applicationSet;
  const directory = file.slice(0, file.lastIndexOf('/') + 1);
  const basename = file.slice(directory.length);
  const renamed = basename.replace(nameToken(sibling.name), () => service);
  return {
    text: copy(sibling, service)!,
    file: directory + (renamed === basename ? `${service}.yaml` : renamed),
    sibling,
  };
}

function create(
  request: OnboardRequest,
  repository: RepositorySnapshot,
  edits: Edits,
): { key: string; value: string } {
  const { service, namespace, path } = request;
  const siblings = onFleet(repository);
  const added = fromSiblings(service, siblings, repository);
  const { file } = added;
  let { text } = added;
  if (repository.files.has(file))
    throw new ConflictError(
      `${file} exists already and does not deploy \`${service}\`. Rename or remove it first.`,
    );
  const template = ['spec', 'template', 'spec'];
  if (namespace !== undefined)
    text = setScalar(
      text,
      [...template, 'destination', 'namespace'],
      namespace,
      { file },
    );
  let applicationSet = parse(text) as ApplicationSet;
  if (path !== undefined && sourcePath(applicationSet, repository) !== path) {
    if (!applicationSet.spec.template.spec.source?.path) {
      throw new InputError(
        `parameters.path: services of this repository take their source from elsewhere (${added.sibling.applicationSet.file}). Leave the path out.`,
      );
    }
    text = setScalar(text, [...template, 'source', 'path'], path, { file });
    applicationSet = parse(text) as ApplicationSet;
  }
  const directory = sourcePath(applicationSet, repository);
  if (directory !== undefined && !hasDirectory(repository, directory)) {
    throw new InputError(
      `parameters.path: \`${directory}\` does not exist in the repository. Add the service’s chart there first, or name its directory.`,
    );
  }
  const { name, namespace: own } = applicationSet.metadata;
  const taken = indexRepository(repository).applicationSets.find(
    ({ object }) =>
      object.metadata.name === name && object.metadata.namespace === own,
  );
  if (taken)
    throw new ConflictError(
      `ApplicationSet \`${name}\` exists already in ${taken.file}. Rename it there first.`,
    );
  edits.set(file, text, `${file}: ApplicationSet ${name}`);
  addToKustomization(
    file,
    added.sibling.applicationSet.file,
    repository,
    edits,
  );
  return toggleOf(applicationSet, service)!;
}

/** A directory that lists its files in a kustomization.yaml needs the new one in the list. */
function addToKustomization(
  file: string,
  sibling: string,
  repository: RepositorySnapshot,
  edits: Edits,
): void {
  const directory = file.slice(0, file.lastIndexOf('/') + 1);
  const kustomization = `${directory}kustomization.yaml`;
  const text = repository.files.get(kustomization);
  if (text === undefined) return;
  const resources: unknown = parse(text)?.resources;
  if (!Array.isArray(resources)) return;
  const siblingName = sibling.slice(directory.length);
  const prefix = ['', './'].find(candidate =>
    resources.includes(candidate + siblingName),
  );
  const entry = `${prefix}${file.slice(directory.length)}`;
  if (prefix === undefined || resources.includes(entry)) return;
  edits.set(
    kustomization,
    appendListItem(text, ['resources'], entry, { file: kustomization }),
    `${kustomization}: resource ${entry}`,
  );
}

/** What was asked for beside the clusters must be what the existing ApplicationSet says: it is not rewritten. */
function checkExisting(request: OnboardRequest, service: OnFleet): void {
  const { file, object } = service.applicationSet;
  const namespace = object.spec.template?.spec?.destination?.namespace;
  if (request.namespace !== undefined && request.namespace !== namespace) {
    throw new ConflictError(
      `parameters.namespace: ${file} deploys \`${service.name}\` to namespace \`${namespace}\`, not \`${request.namespace}\`. Leave the namespace out, or change it in that file.`,
    );
  }
  if (
    request.path !== undefined &&
    service.path !== undefined &&
    request.path !== service.path
  ) {
    throw new ConflictError(
      `parameters.path: ${file} deploys \`${service.name}\` from \`${service.path}\`, not \`${request.path}\`. Leave the path out, or change it in that file.`,
    );
  }
}

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
      toggle = create(request, repository, edits);
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
};
