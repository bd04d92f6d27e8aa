import type { KubernetesObject } from '../../model/kubernetes';
import { crossplaneState } from './crossplane';
import type { ProvisioningHistory, ProvisioningStatus } from './types';

/**
 * The state of a Crossplane v1 claim. It waits for its composite resource, which alone knows how far that is.
 *
 * @public
 */
export function crossplaneClaimStatus(
  claim: KubernetesObject,
  history: ProvisioningHistory = {},
): ProvisioningStatus {
  return crossplaneState(claim, 'Waiting', history);
}
