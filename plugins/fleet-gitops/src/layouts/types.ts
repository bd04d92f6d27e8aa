import type { ApplicationSet } from '../model/argocd';
import type { ClusterRecord } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import type { FileChanges } from '../plan/types';

/**
 * An object declared in a file of the repository.
 *
 * @public
 */
export interface Declared<T> {
  object: T;
  file: string;
  /** Document in the file, counted from 0. */
  document: number;
}

/**
 * A cluster that the repository registers in Argo CD.
 *
 * @public
 */
export interface LayoutCluster extends ClusterRecord {
  /** The file that declares it. */
  file: string;
  /** Document in the file, counted from 0. */
  document: number;
}

/**
 * A service as the repository carries it.
 *
 * @public
 */
export interface LayoutService {
  name: string;
  /** What deploys it; absent for a chart that is not on the fleet yet. */
  applicationSet?: Declared<ApplicationSet>;
  /** The cluster label that switches it on, where the layout has one. */
  toggle?: { key: string; value: string };
  /** Directory of its chart or manifests in this repository. */
  path?: string;
}

/**
 * What a layout makes of a repository.
 *
 * @public
 */
export interface LayoutDetection {
  layout: string;
  /** From 0 to 1: the share of the repository's ApplicationSets that the layout accounts for. */
  certainty: number;
  /** What was recognised, in one sentence. */
  sentence: string;
}

/** @public */
export interface OnboardRequest {
  service: string;
  clusters: string[];
  /** Directory in this repository; default: as the sibling services have it. */
  path?: string;
  /** Default: as the sibling services have it, usually the service's name. */
  namespace?: string;
}

/**
 * Edits of a repository with one line for each thing they do, for the commit message.
 *
 * @public
 */
export interface LayoutEdit {
  changes: FileChanges;
  lines: string[];
}

/**
 * How a GitOps repository says which service runs where. One implementation for each way.
 *
 * @remarks
 * All functions are pure; edits are empty where the repository already says it. Errors are Backstage errors that name
 * the file or the name at fault.
 *
 * @public
 */
export interface Layout {
  readonly id: string;
  readonly title: string;
  /** `undefined` where nothing in the repository looks like this layout. */
  detect(repository: RepositorySnapshot): LayoutDetection | undefined;
  /** Services with an ApplicationSet, and charts beside theirs that have none yet. Sorted by name. */
  listServices(repository: RepositorySnapshot): LayoutService[];
  /** Clusters that the repository declares. Sorted by name. */
  listClusters(repository: RepositorySnapshot): LayoutCluster[];
  /** Puts a service on clusters: what deploys it is created where it is missing. */
  onboard(request: OnboardRequest, repository: RepositorySnapshot): LayoutEdit;
  /** Switches a service of the fleet on, on some of its clusters. */
  enable(
    service: string,
    clusters: string[],
    repository: RepositorySnapshot,
  ): LayoutEdit;
  /** Switches a service off on some clusters. */
  disable(
    service: string,
    clusters: string[],
    repository: RepositorySnapshot,
  ): LayoutEdit;
}
