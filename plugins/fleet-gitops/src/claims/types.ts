import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { KubernetesVersionFormat } from './kubernetesVersion';

/**
 * What makes clusters from claims.
 *
 * @public
 */
export type ProvisionerKind =
  | 'cluster-api'
  | 'crossplane-claim'
  | 'crossplane-xr'
  | 'kro';

/**
 * A JSON schema, draft 7, as forms read it. `ui:` keywords are for forms and mean nothing here.
 *
 * @public
 */
export type JsonSchema = Record<string, unknown>;

/**
 * Where a value of the claim or of the registration comes from: `parameters.<name>` (with further `.` into an object),
 * `cluster`, `blueprint`, `kubernetesVersion` (in the blueprint's format) or `kubernetesMinor` (`1.33`). With `map` the
 * value is looked up.
 *
 * @public
 */
export interface ValueSource {
  from: string;
  map?: Record<string, string | number | boolean>;
}

/**
 * Text with the same names in braces: `https://{cluster}.clusters.example.com`; or the source of a value.
 *
 * @public
 */
export type TextSource = string | ValueSource;

/**
 * Where the size of a node pool is in a claim: at one path, or in a list of pools.
 *
 * @public
 */
export type PoolLocation =
  | { name: string; path: string }
  | {
      /** Path of the list. */
      list: string;
      /** Key of a pool's name in it. */
      name: string;
      /** Key of its number of nodes. */
      replicas: string;
    };

/**
 * What a cluster can be made from: a file that the platform team owns in the GitOps repository.
 *
 * @public
 */
export interface ClusterBlueprint {
  /** The `metadata.name`. */
  id: string;
  title: string;
  description?: string;
  provisioner: ProvisionerKind;
  /** Asks for a JSON object; forms are made from it. */
  parameters: JsonSchema;
  claim: {
    /** Path of the claim's file, with names in braces. */
    file: string;
    /** The claim without what differs from cluster to cluster. Name and annotations are completed. */
    manifest: KubernetesObject;
    values: Array<ValueSource & { path: string }>;
  };
  /** Where the claim has the Kubernetes version; Cluster API need not say it. */
  kubernetesVersion?: {
    path: string;
    format: KubernetesVersionFormat;
  };
  /** Where the claim has the sizes of its node pools; Cluster API need not say it. */
  pools: PoolLocation[];
  registration: {
    /** Path of the cluster Secret's file, with names in braces. */
    file: string;
    /** Namespace of Argo CD. Default `argocd`. */
    namespace: string;
    /** Argo CD project that alone may use the cluster. */
    project?: string;
    /** Address of the API server where it follows from the parameters; absent where the provisioner adds it. */
    server?: TextSource;
    labels: Record<string, TextSource>;
    annotations: Record<string, TextSource>;
  };
  /** The file in the repository. */
  file: string;
}
