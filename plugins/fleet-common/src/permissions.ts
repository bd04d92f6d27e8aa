import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of clusters in permission rules. */
export const RESOURCE_TYPE_FLEET_CLUSTER = 'fleet-cluster';
/** Resource type of deployments (one service on one cluster) in permission rules. */
export const RESOURCE_TYPE_FLEET_DEPLOYMENT = 'fleet-deployment';
/** Resource type of changes in permission rules. */
export const RESOURCE_TYPE_FLEET_CHANGE = 'fleet-change';

/** See clusters and hubs. */
export const fleetClusterReadPermission = createPermission({
  name: 'fleet.cluster.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_FLEET_CLUSTER,
});

/** See which version of a service runs where, and why not. */
export const fleetDeploymentReadPermission = createPermission({
  name: 'fleet.deployment.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_FLEET_DEPLOYMENT,
});

/** Ask Argo CD to sync a deployment to what Git says. */
export const fleetDeploymentSyncPermission = createPermission({
  name: 'fleet.deployment.sync',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_FLEET_DEPLOYMENT,
});

/** Ask Argo CD to compare a deployment with Git now. */
export const fleetDeploymentRefreshPermission = createPermission({
  name: 'fleet.deployment.refresh',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_FLEET_DEPLOYMENT,
});

/** See changes and their plans. */
export const fleetChangeReadPermission = createPermission({
  name: 'fleet.change.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_FLEET_CHANGE,
});

/** Ask for changes at all: see their plans, and be offered the forms. */
export const fleetChangeCreatePermission = createPermission({
  name: 'fleet.change.create',
  attributes: { action: 'create' },
});

/** Write a change to Git, hold it back or end it, as far as its kind and what it concerns are allowed. */
export const fleetChangeWritePermission = createPermission({
  name: 'fleet.change.write',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_FLEET_CHANGE,
});

/** Override a guard that stopped a change. */
export const fleetChangeOverridePermission = createPermission({
  name: 'fleet.change.override',
  attributes: { action: 'update' },
});

/** All permissions of the fleet plugin. */
export const fleetPermissions = [
  fleetClusterReadPermission,
  fleetDeploymentReadPermission,
  fleetDeploymentSyncPermission,
  fleetDeploymentRefreshPermission,
  fleetChangeReadPermission,
  fleetChangeCreatePermission,
  fleetChangeWritePermission,
  fleetChangeOverridePermission,
];
