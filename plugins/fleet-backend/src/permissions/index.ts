export { decide, decideEach, notAllowed } from './decider';
export type { Allows } from './decider';
export { registerPermissions } from './registerPermissions';
export type { ScopeLookup } from './registerPermissions';
export {
  changeResourceRef,
  changeRules,
  clusterResourceRef,
  clusterRules,
  deploymentResourceRef,
  deploymentRules,
} from './rules';
export type { ChangeScope, FleetScope } from './scope';
