export { clusterApiV1beta1Status } from './clusterApiV1beta1';
export { clusterApiV1beta2Status } from './clusterApiV1beta2';
export { crossplaneClaimStatus } from './crossplaneClaim';
export { crossplaneXrStatus } from './crossplaneXr';
export { kroStatus } from './kro';
export { provisioningSource, provisioningStatus } from './provisioningStatus';
export type { ProvisioningSource } from './provisioningStatus';
export { PROVISIONING_STATES } from './types';
export type {
  ProvisioningHistory,
  ProvisioningState,
  ProvisioningStatus,
} from './types';
