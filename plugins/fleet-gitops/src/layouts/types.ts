import type { UncheckedRule } from '@backstage-fleet/plugin-fleet-common';
import type { ApplicationSet } from '../model/argocd';
import type { ClusterRecord } from '../model/fleetSnapshot';
import type { FileChanges, RepositorySnapshot } from '../model/repository';
import type { Declared, DeclaredCluster } from '../repository/types';
import type { ApplicationVersion } from '../sources/version';
import type { VersionKind } from '../sources/versions';

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
 * A version with what it is the version of; absent where the layout does not know that.
 *
 * @public
 */
export interface LayoutVersion extends ApplicationVersion {
  kind?: VersionKind;
}

/**
 * One service in one place: on a cluster, or in an environment where the layout names no clusters.
 *
 * @public
 */
export interface LayoutDeployment {
  service: string;
  cluster?: string;
  environment?: string;
  region?: string;
  /**
   * The branch or tag of this repository that the deployment follows, where it is not the one that the files are of.
   */
  revision?: string;
  /** What Git wants there; absent where nothing says it. */
  version?: LayoutVersion;
  /** The file that puts the service there. */
  file: string;
}

/** @public */
export interface VersionRequest {
  service: string;
  version: string;
  /** Which deployments get it: on one of the clusters and in one of the environments, where these are named; else all. */
  clusters?: string[];
  environments?: string[];
  /** Keys of the cluster label that holds the environment, the first that a cluster has. Default `environment`, `env`. */
  environmentLabels?: string[];
}

/**
 * What the caller of a layout knows beyond the files.
 *
 * @public
 */
export interface LayoutContext {
  /** The branch that the files are of, as Applications name it. Default: the revision that most sources of the repository name. */
  branch?: string;
  /** Clusters that the hubs know, for those that the repository does not declare itself. */
  clusters?: ClusterRecord[];
  /** Keys of the cluster label that holds the environment, the first that a cluster has. Default `environment`, `env`. */
  environmentLabels?: string[];
  /** Keys of the cluster label that holds the region, the first that a cluster has. Default `region`. */
  regionLabels?: string[];
  /** Whether the files of git generators are found by Argo CD's newer globbing. */
  newGitFileGlobbing?: boolean;
}

/**
 * Edits of a repository with one line for each thing they do, for the commit message.
 *
 * @public
 */
export interface LayoutEdit {
  changes: FileChanges;
  lines: string[];
  /** Rules for claims that could not be evaluated; absent where there are none. */
  notChecked?: UncheckedRule[];
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
  listClusters(repository: RepositorySnapshot): DeclaredCluster[];
  /** Puts a service on clusters: what deploys it is created where it is missing. */
  onboard(
    request: OnboardRequest,
    repository: RepositorySnapshot,
    context?: LayoutContext,
  ): LayoutEdit;
  /** Switches a service of the fleet on, on some of its clusters. */
  enable(
    service: string,
    clusters: string[],
    repository: RepositorySnapshot,
    context?: LayoutContext,
  ): LayoutEdit;
  /** Switches a service off on some clusters. */
  disable(
    service: string,
    clusters: string[],
    repository: RepositorySnapshot,
    context?: LayoutContext,
  ): LayoutEdit;
  /** Takes a service off the fleet: what deploys it goes, its own files stay unless they shall be deleted too. */
  offboard(
    request: { service: string; deleteFiles?: boolean },
    repository: RepositorySnapshot,
    context?: LayoutContext,
  ): LayoutEdit;
  /**
   * Where the services run and in which version, as the files say. Sorted by service, environment and cluster.
   *
   * @param service - only this one is asked for; others may be listed too
   */
  listDeployments(
    repository: RepositorySnapshot,
    context?: LayoutContext,
    service?: string,
  ): LayoutDeployment[];
  /**
   * Sets the version of some deployments of a service, in the files that hold it.
   *
   * @throws `ConflictError` where a file that must change holds the version of other deployments too: it names them
   */
  setVersion(
    request: VersionRequest,
    repository: RepositorySnapshot,
    context?: LayoutContext,
  ): LayoutEdit;
}
