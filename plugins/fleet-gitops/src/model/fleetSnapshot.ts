import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { RepositoryLookup } from './repository';

/**
 * A cluster registered in Argo CD: what its Secret says, without credentials.
 *
 * Source: Argo CD `docs/operator-manual/declarative-setup.md`, "Clusters".
 *
 * @public
 */
export interface ClusterRecord {
  name: string;
  server: string;
  /** Empty or absent where the Secret names no project. */
  project?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/**
 * What Argo CD knows when it evaluates ApplicationSets: the hub's side of the question.
 *
 * @public
 */
export interface HubSnapshot {
  /**
   * The name that the fleet's files give the cluster that this Argo CD runs on, where each cluster has its own Argo CD.
   * Default: the name of the cluster registered as `https://kubernetes.default.svc`.
   */
  self?: string;
  /** Clusters with a Secret. The hub's own implicit `in-cluster` is added by the evaluation where Argo CD adds it. */
  clusters: ClusterRecord[];
  /** Names of the AppProjects; `undefined` where they are not known, then projects are not checked. */
  projects?: string[];
  /** Objects that a clusterDecisionResource generator may read. */
  resources?: KubernetesObject[];
  repositories: RepositoryLookup;
  /**
   * Whether the files of git generators are found by Argo CD's newer globbing, where `*` stops at "/":
   * `applicationsetcontroller.enable.new.git.file.globbing` in `argocd-cmd-params-cm`. Default: false, as in Argo CD.
   */
  newGitFileGlobbing?: boolean;
}
