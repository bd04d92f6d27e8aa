/**
 * `service.onboard`: put a service on the fleet, or on more of its clusters.
 *
 * @public
 */
export interface OnboardServiceParameters {
  /** Name of the service, a DNS-1123 label. */
  service: string;
  /** Names of the clusters that shall run it. At least one. */
  clusters: string[];
  /** Directory of the service's chart or manifests in the GitOps repository. Default `services/<service>`. */
  path?: string;
  /** Kubernetes namespace on the clusters. Default: the service's name. */
  namespace?: string;
  /**
   * Text files of the service's chart or manifests, by their path inside its directory, for a service whose directory the
   * repository does not have yet. At most 200, and 64 KiB in all.
   */
  files?: Record<string, string>;
}

/**
 * `service.offboard`: take a service off the whole fleet.
 *
 * @public
 */
export interface OffboardServiceParameters {
  service: string;
  /** Delete the service's chart and values too. Default: they stay. */
  deleteFiles?: boolean;
}

/**
 * `service.enable`, `service.disable`: switch a service of the fleet on or off, on some clusters.
 *
 * @public
 */
export interface ToggleServiceParameters {
  service: string;
  /** At least one. */
  clusters: string[];
}

/**
 * Which deployments of a service are meant: those on the named clusters and in the named environments.
 *
 * @public
 */
export interface DeploymentTargets {
  clusters?: string[];
  environments?: string[];
}

/**
 * How a version gets from one environment to another: an edit of the version in the target's files, a merge of the branch
 * that the source environment follows into the target's, or a tag moved forward.
 *
 * @public
 */
export type PromotionStrategy = 'edit' | 'merge-branch' | 'move-tag';

/**
 * `service.promote`: bring a version to environments or clusters.
 *
 * @public
 */
export interface PromoteServiceParameters {
  service: string;
  /** The version to bring. Default: the one that `from` runs. */
  version?: string;
  /** The environment whose version is brought. One of `version` and `from` is needed. */
  from?: string;
  /** At least one cluster or environment. */
  to: DeploymentTargets;
  /** Default `edit`. */
  strategy?: PromotionStrategy;
  /** Groups of clusters, each waiting until the one before is healthy. Default: all at once. */
  waves?: ClusterWaves;
}

/**
 * Groups of clusters, one after the other: by the region label, in the named order (others follow, sorted), or as lists of
 * clusters.
 *
 * @public
 */
export type ClusterWaves =
  | { by: 'region'; order?: string[] }
  | { by: 'list'; clusters: string[][] };

/**
 * `service.rollback`: bring back a version that ran before, by a commit that goes forward.
 *
 * @public
 */
export interface RollbackServiceParameters {
  service: string;
  on: DeploymentTargets;
  /** The version to go back to. */
  version: string;
}

/**
 * `service.hotfix`: a version on the stable line, brought into the other environments too by a second pull request.
 *
 * @public
 */
export interface HotfixServiceParameters {
  service: string;
  version: string;
  /** The environment that needs it now. */
  environment: string;
  /** The environments that must not lose it when they are promoted next. */
  forwardTo: string[];
}

/**
 * `cluster.create`: a new cluster from a blueprint.
 *
 * @public
 */
export interface CreateClusterParameters {
  /** Id of a blueprint in the repository. */
  blueprint: string;
  /** Name of the cluster, a DNS-1123 label. */
  cluster: string;
  /** What the blueprint's JSON schema asks for. */
  parameters: Record<string, unknown>;
  /** Labels of the registered cluster, over those of the blueprint. They decide which services it receives. */
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/**
 * `cluster.upgrade`: another Kubernetes version, on one cluster or several.
 *
 * @public
 */
export interface UpgradeClusterParameters {
  /** At least one. Each must be at the version's minor or the one before. */
  clusters: string[];
  /** For example `v1.33.4`; `1.33` where the claims say no more. */
  kubernetesVersion: string;
  /**
   * Groups of clusters, each waiting until those of the one before run the version and what is deployed on them is healthy.
   * Every cluster must be in one. Default: all at once.
   */
  waves?: ClusterWaves;
}

/**
 * `cluster.scale`: another number of worker nodes.
 *
 * @public
 */
export interface ScaleClusterParameters {
  cluster: string;
  /** Name of the node pool; may be left out where the cluster has one. */
  pool?: string;
  replicas: number;
}

/**
 * `cluster.label`: set or remove labels of a cluster's file in Git.
 *
 * @public
 */
export interface LabelClusterParameters {
  /** Name of the cluster. */
  cluster: string;
  /** Label values to set; `null` removes the label. */
  labels: Record<string, string | null>;
}

/**
 * `cluster.annotate`: set or remove annotations of a cluster's file in Git.
 *
 * @public
 */
export interface AnnotateClusterParameters {
  cluster: string;
  /** Annotation values to set; `null` removes the annotation. */
  annotations: Record<string, string | null>;
}

/**
 * `cluster.recreate`: replace a cluster by a new one from the same claim.
 *
 * @public
 */
export interface RecreateClusterParameters {
  cluster: string;
}

/**
 * `cluster.decommission`: drain a cluster's Applications, unregister it, delete its claim.
 *
 * @public
 */
export interface DecommissionClusterParameters {
  cluster: string;
}

/**
 * Parameters of every kind of intent.
 *
 * @public
 */
export interface IntentParameters {
  'service.onboard': OnboardServiceParameters;
  'service.offboard': OffboardServiceParameters;
  'service.enable': ToggleServiceParameters;
  'service.disable': ToggleServiceParameters;
  'service.promote': PromoteServiceParameters;
  'service.rollback': RollbackServiceParameters;
  'service.hotfix': HotfixServiceParameters;
  'cluster.create': CreateClusterParameters;
  'cluster.upgrade': UpgradeClusterParameters;
  'cluster.scale': ScaleClusterParameters;
  'cluster.label': LabelClusterParameters;
  'cluster.annotate': AnnotateClusterParameters;
  'cluster.recreate': RecreateClusterParameters;
  'cluster.decommission': DecommissionClusterParameters;
}

/** @public */
export type IntentKind = keyof IntentParameters;

/**
 * Everything that somebody can ask for, by kind.
 *
 * @public
 */
export type TypedIntent = {
  [Kind in IntentKind]: {
    kind: Kind;
    repository?: string;
    parameters: IntentParameters[Kind];
  };
}[IntentKind];
