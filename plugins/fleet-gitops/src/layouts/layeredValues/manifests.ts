import { FLEET_SERVICE_LABEL } from '@backstage-fleet/plugin-fleet-common';
import type { Application } from '../../model/argocd';
import {
  normalizeRepositoryUrl,
  RepositorySnapshot,
} from '../../model/repository';
import { indexRepository } from '../../repository/indexRepository';
import type { Declared } from '../../repository';
import {
  destinationCluster,
  isInCluster,
} from '../../sources/destinationCluster';
import { sourcesOf } from '../../sources/version';
import { normalizePath } from '../../sources/yamlFiles';
import type { LayoutContext } from '../types';
import { isBootstrap } from './bootstraps';

/** An Application in a file that puts one service into one environment. */
export interface ServiceManifest {
  declared: Declared<Application>;
  service: string;
  environment?: string;
  region?: string;
  /** Where it goes; the environment's name where each one has its own Argo CD. */
  cluster?: string;
  /** Directory of this repository that it deploys. */
  path?: string;
  /** The revision of this repository that it follows. */
  revision?: string;
}

const ENVIRONMENT_LABELS = ['environment', 'env'];
const REGION_LABELS = ['region'];

/** The source that lies in this repository and has files to deploy. */
export function ownSource(
  application: Application,
  repository: RepositorySnapshot,
) {
  const url = normalizeRepositoryUrl(repository.url);
  return sourcesOf(application).find(
    ({ path, chart, repoURL = '' }) =>
      path !== undefined &&
      chart === undefined &&
      normalizeRepositoryUrl(repoURL) === url,
  );
}

function labelOf(
  labels: Record<string, unknown> | undefined,
  keys: readonly string[],
): string | undefined {
  const key = keys.find(
    candidate => typeof labels?.[candidate] === 'string' && labels[candidate],
  );
  return key === undefined ? undefined : String(labels![key]);
}

/** What a values file is for: `values-prod.yaml`, `values.prod.yaml`, `environments/prod/values.yaml`, `values/prod.yaml`. */
function valuesToken(file: string): string | undefined {
  const match =
    /(?:^|\/)values[.-]([^/]+)\.ya?ml$/.exec(file) ??
    /(?:^|\/)(?:values|environments|envs)\/([^/]+?)(?:\/[^/]+)?\.ya?ml$/.exec(
      file,
    );
  return match?.[1];
}

function environmentOf(
  { object, file }: Declared<Application>,
  keys: readonly string[],
  repository: RepositorySnapshot,
): string | undefined {
  const label = labelOf(object.metadata.labels, keys);
  if (label) return label;
  const valueFiles = sourcesOf(object).flatMap(
    ({ helm }) => helm?.valueFiles ?? [],
  );
  for (const valueFile of [...valueFiles].reverse()) {
    const token = valuesToken(valueFile);
    if (token) return token;
  }
  const { path = '' } = ownSource(object, repository) ?? {};
  const overlay = /(?:^|\/)overlays\/([^/]+)\/?$/.exec(path)?.[1];
  if (overlay) return overlay;
  // A directory of the manifest that the name has too: `apps/prod/checkout.yaml` with `checkout-prod`.
  const { name } = object.metadata;
  return file
    .split('/')
    .slice(0, -1)
    .reverse()
    .find(
      segment => name.startsWith(`${segment}-`) || name.endsWith(`-${segment}`),
    );
}

/** The service: its label, else the Application's name without environment and cluster. */
function serviceOf(
  { metadata }: Application,
  tokens: Array<string | undefined>,
): string {
  const label: unknown = metadata.labels?.[FLEET_SERVICE_LABEL];
  if (typeof label === 'string' && label !== '') return label;
  return tokens.reduce<string>((name, token) => {
    if (!token) return name;
    if (name.endsWith(`-${token}`)) return name.slice(0, -token.length - 1);
    return name.startsWith(`${token}-`) ? name.slice(token.length + 1) : name;
  }, metadata.name);
}

/**
 * The Applications of a repository's files that deploy services, in the order of their files.
 */
export function serviceManifests(
  repository: RepositorySnapshot,
  context: LayoutContext = {},
): ServiceManifest[] {
  const {
    environmentLabels = ENVIRONMENT_LABELS,
    regionLabels = REGION_LABELS,
    clusters: known = [],
  } = context;
  const { applications, clusters } = indexRepository(repository);
  const registered = [...clusters, ...known];
  const services = applications.filter(
    ({ object }) => !isBootstrap(object, repository),
  );
  // Several environments on `in-cluster` are several clusters, each with its own Argo CD.
  const isOnePerHub =
    !registered.some(({ name }) => name === 'in-cluster') &&
    new Set(
      services
        .filter(({ object }) => isInCluster(object))
        .map(declared =>
          environmentOf(declared, environmentLabels, repository),
        ),
    ).size > 1;
  return services.map(declared => {
    const { object } = declared;
    const { name, server } = object.spec.destination ?? {};
    const found = destinationCluster(object, registered) ?? name ?? server;
    const record = registered.find(cluster => cluster.name === found);
    const environment =
      (record && labelOf(record.labels, environmentLabels)) ??
      environmentOf(declared, environmentLabels, repository);
    const cluster =
      found === 'in-cluster' && isOnePerHub ? environment ?? found : found;
    const region =
      labelOf(record?.labels, regionLabels) ??
      labelOf(object.metadata.labels, regionLabels);
    const source = ownSource(object, repository);
    return {
      declared,
      service: serviceOf(object, [cluster, environment]),
      ...(environment ? { environment } : {}),
      ...(region ? { region } : {}),
      ...(cluster ? { cluster } : {}),
      ...(source ? { path: normalizePath(source.path!) } : {}),
      ...(source?.targetRevision ? { revision: source.targetRevision } : {}),
    };
  });
}

/**
 * The branch that the files are of, where nobody says it: the one that the bootstrap Applications read the manifests from,
 * or that all services follow, or the usual name of a default branch.
 */
export function branchOfFiles(
  repository: RepositorySnapshot,
  manifests: readonly ServiceManifest[],
): string | undefined {
  const revisions = (applications: Application[]) =>
    new Set(
      applications.flatMap(
        application => ownSource(application, repository)?.targetRevision ?? [],
      ),
    );
  const bootstraps = revisions(
    indexRepository(repository)
      .applications.map(({ object }) => object)
      .filter(object => isBootstrap(object, repository)),
  );
  if (bootstraps.size === 1) return [...bootstraps][0];
  const own = revisions(manifests.map(({ declared }) => declared.object));
  if (own.size === 1) return [...own][0];
  return ['main', 'master'].find(name => own.has(name));
}
