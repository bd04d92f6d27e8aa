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
 * Everything that somebody can ask for, by kind.
 *
 * @public
 */
export type TypedIntent =
  | {
      kind: 'service.onboard';
      repository?: string;
      parameters: OnboardServiceParameters;
    }
  | {
      kind: 'cluster.label';
      repository?: string;
      parameters: LabelClusterParameters;
    };
