/**
 * `fleet:*` actions for software templates.
 *
 * @packageDocumentation
 */
export { scaffolderModuleFleet as default } from './module';
export { createClusterLabelAction } from './actions/clusterLabel';
export { createServiceOnboardAction } from './actions/serviceOnboard';
