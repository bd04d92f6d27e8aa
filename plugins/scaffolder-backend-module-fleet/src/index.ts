/**
 * `fleet:*` actions for software templates.
 *
 * @packageDocumentation
 */
export { scaffolderModuleFleet as default } from './module';
export { createChangeWaitAction } from './actions/changeWait';
export { createClusterCreateAction } from './actions/clusterCreate';
export { createClusterDecommissionAction } from './actions/clusterDecommission';
export { createClusterLabelAction } from './actions/clusterLabel';
export { createClusterUpgradeAction } from './actions/clusterUpgrade';
export { createServiceOffboardAction } from './actions/serviceOffboard';
export { createServiceOnboardAction } from './actions/serviceOnboard';
export { createServicePromoteAction } from './actions/servicePromote';
export { createServiceRollbackAction } from './actions/serviceRollback';
