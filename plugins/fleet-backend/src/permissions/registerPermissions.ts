import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  fleetChangeCreatePermission,
  fleetChangeOverridePermission,
  fleetChangeReadPermission,
  fleetChangeWritePermission,
  fleetClusterReadPermission,
  fleetDeploymentReadPermission,
  fleetDeploymentRefreshPermission,
  fleetDeploymentSyncPermission,
} from '@backstage-fleet/plugin-fleet-common';
import {
  changeResourceRef,
  changeRules,
  clusterResourceRef,
  clusterRules,
  deploymentResourceRef,
  deploymentRules,
} from './rules';
import type { ChangeScope, FleetScope } from './scope';

/** What a resource that is named by its id concerns; `undefined` where there is none. */
export interface ScopeLookup {
  /** By id `hub/name`. */
  cluster(id: string): FleetScope | undefined;
  /** By id `hub/namespace/name` of the Application. */
  deployment(id: string): FleetScope | undefined;
  change(id: string): Promise<ChangeScope | undefined>;
}

/**
 * Tells Backstage which permissions there are, which rules a policy can make conditions of, and what they are applied to,
 * so that pages can ask for a permission with the id of a cluster, deployment or change.
 */
export function registerPermissions(
  registry: PermissionsRegistryService,
  scopes: ScopeLookup,
): void {
  registry.addPermissions([
    fleetChangeCreatePermission,
    fleetChangeOverridePermission,
  ]);
  registry.addResourceType({
    resourceRef: clusterResourceRef,
    permissions: [fleetClusterReadPermission],
    rules: clusterRules,
    getResources: async ids => ids.map(scopes.cluster),
  });
  registry.addResourceType({
    resourceRef: deploymentResourceRef,
    permissions: [
      fleetDeploymentReadPermission,
      fleetDeploymentSyncPermission,
      fleetDeploymentRefreshPermission,
    ],
    rules: deploymentRules,
    getResources: async ids => ids.map(scopes.deployment),
  });
  registry.addResourceType({
    resourceRef: changeResourceRef,
    permissions: [fleetChangeReadPermission, fleetChangeWritePermission],
    rules: changeRules,
    getResources: ids => Promise.all(ids.map(scopes.change)),
  });
}
