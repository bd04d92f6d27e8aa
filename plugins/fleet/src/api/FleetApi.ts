import {
  ActOnChange,
  Blueprint,
  Change,
  ChangeList,
  ChangeRequest,
  ClusterList,
  DeploymentList,
  DeploymentRequest,
  Explanation,
  FindDeployments,
  FoundDeploymentList,
  GetChanges,
  GetClusters,
  HubList,
  Intent,
  Matrix,
  Plan,
  RepositoryList,
  RefreshRequest,
  ServiceList,
  ServiceVersionList,
  SyncRequest,
} from '@backstage-fleet/plugin-fleet-common';
import { createApiRef } from '@backstage/frontend-plugin-api';

/** What a person can do with a change that is under way. */
export type ChangeAction = ActOnChange['path']['action'];

/** What a matrix has beside its cells. */
export interface MatrixOptions {
  /** Whether each service is summed up by region and environment. */
  rollups?: boolean;
}

/**
 * What the pages, cards and form fields ask the fleet backend. Every method rejects with an error whose message says
 * what to do (a `ResponseError` where the backend answered).
 *
 * @public
 */
export interface FleetApi {
  /** Services by clusters; with `since`, what changed after that revision. */
  getMatrix(since?: number, options?: MatrixOptions): Promise<Matrix>;
  /** The hubs with the freshness of what is known of them. */
  getHubs(): Promise<HubList>;
  /** The clusters that the hubs know, and those that are being made; all, or those that match. */
  getClusters(filter?: GetClusters['query']): Promise<ClusterList>;
  /** Services on the fleet or declared in the catalog, optionally those that contain `text`. */
  getServices(text?: string): Promise<ServiceList>;
  /** One row for each cluster, deployed or not. */
  getDeployments(service: string): Promise<DeploymentList>;
  /** The tags of the service's source repository; where they cannot be read, `problem` says why. */
  getServiceVersions(service: string): Promise<ServiceVersionList>;
  /**
   * Has Argo CD sync a deployment to what Git says; what comes of it is seen in the deployment.
   *
   * @param id - the deployment's id, `hub/namespace/name`
   */
  syncDeployment(id: string, options?: SyncRequest): Promise<DeploymentRequest>;
  /**
   * Has Argo CD compare a deployment with Git now.
   *
   * @param id - the deployment's id, `hub/namespace/name`
   */
  refreshDeployment(
    id: string,
    options?: RefreshRequest,
  ): Promise<DeploymentRequest>;
  /** Deployments of all services on all clusters that match. */
  findDeployments(
    filter: FindDeployments['query'],
  ): Promise<FoundDeploymentList>;
  /**
   * Why a service is, or is not, on a cluster.
   *
   * @param service - the service's name
   * @param cluster - the cluster's id, `hub/name`
   */
  explain(service: string, cluster: string): Promise<Explanation>;
  /** The GitOps repositories that changes are written to. */
  getRepositories(): Promise<RepositoryList>;
  /** What clusters can be made from, as the GitOps repositories declare it. */
  getBlueprints(): Promise<Blueprint[]>;
  /** What an intent would change; nothing is written. */
  createPlan(intent: Intent): Promise<Plan>;
  /** Writes an intent to Git. */
  createChange(request: ChangeRequest): Promise<Change>;
  /** One change with its timeline. */
  getChange(id: string): Promise<Change>;
  /** Changes, the newest first. */
  getChanges(filter?: GetChanges['query']): Promise<ChangeList>;
  /** Holds back the next stage of a change, goes on with it, or ends the change. */
  actOnChange(id: string, action: ChangeAction): Promise<Change>;
}

/**
 * Reference to the {@link FleetApi}.
 *
 * @public
 */
export const fleetApiRef = createApiRef<FleetApi>().with({
  id: 'plugin.fleet.client',
  pluginId: 'fleet',
});
