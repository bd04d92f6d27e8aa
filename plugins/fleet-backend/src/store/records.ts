import type {
  ApplicationState,
  HubStatus,
  KubernetesObject,
  Version,
} from '@backstage-fleet/plugin-fleet-common';

/** A cluster of the fleet, a column of the matrix. */
export interface ClusterEntry {
  /** `hub/name`. */
  id: string;
  hub: string;
  name: string;
  /** Empty where only a name is known, because no Secret registers the cluster. */
  server: string;
  kind: 'spoke' | 'in-cluster';
  project?: string;
  region?: string;
  environment?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /** Version of Kubernetes, where the hub tells it. */
  kubernetesVersion?: string;
  connection?: ClusterConnection;
}

/** What Argo CD says of its connection to a cluster. */
export interface ClusterConnection {
  status: 'Successful' | 'Failed' | 'Unknown';
  message?: string;
  attemptedAt?: string;
}

/** A service as a catalog entity declares it. */
export interface DeclaredService {
  name: string;
  title: string;
  entityRef: string;
  owner?: string;
  system?: string;
  /** Address of the repository that it is built from. */
  source?: string;
  /** Which Applications the entity's annotations claim; all that are given must hold. */
  claims: ApplicationClaim[];
}

/** One way in which a catalog entity says which Applications are its own. */
export interface ApplicationClaim {
  /** The annotation, for people who ask why. */
  annotation: string;
  /** Name of the owning ApplicationSet, as `name` or `namespace/name`. */
  applicationSet?: string;
  /** Name of the Application. */
  name?: string;
  namespace?: string;
  project?: string;
  /** Id of the hub. */
  hub?: string;
  /** Label selector that the Application matches. */
  selector?: string;
}

/** What Git says of an Application's versions. */
export interface GitVersions {
  desired?: Version;
  synced?: Version;
  /** Repository of the image whose tag is the version, as the chart's values name it. */
  imageRepository?: string;
}

/** An Application with everything that was concluded from it. */
export interface ApplicationRecord {
  /** `hub/namespace/name`. */
  id: string;
  hub: string;
  namespace: string;
  name: string;
  /** Projected, see the hub's projection. */
  object: KubernetesObject;
  state: ApplicationState;
  clusterId: string;
  /** Name of the owning ApplicationSet, in the Application's namespace. */
  applicationSet?: string;
  /** Absent where no rule names one: the Application is then no service's deployment. */
  service?: string;
  /** The rule that named the service. */
  namedBy?: string;
  versions: GitVersions;
  running?: Version;
  /** Whether it is shown as it is now, the connection to the hub aside. */
  freshness: HubStatus;
}
