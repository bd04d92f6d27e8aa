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

/** Tells Backstage which permissions there are, and which rules a policy can make conditions of. */
export function registerPermissions(
  registry: PermissionsRegistryService,
): void {
  registry.addPermissions([
    fleetChangeCreatePermission,
    fleetChangeOverridePermission,
  ]);
  registry.addResourceType({
    resourceRef: clusterResourceRef,
    permissions: [fleetClusterReadPermission],
    rules: clusterRules,
  });
  registry.addResourceType({
    resourceRef: deploymentResourceRef,
    permissions: [
      fleetDeploymentReadPermission,
      fleetDeploymentSyncPermission,
      fleetDeploymentRefreshPermission,
    ],
    rules: deploymentRules,
  });
  registry.addResourceType({
    resourceRef: changeResourceRef,
    permissions: [fleetChangeReadPermission, fleetChangeWritePermission],
    rules: changeRules,
  });
}
