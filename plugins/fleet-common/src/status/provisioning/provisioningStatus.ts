import type { KubernetesObject } from '../../model/kubernetes';
import { clusterApiV1beta1Status } from './clusterApiV1beta1';
import { clusterApiV1beta2Status } from './clusterApiV1beta2';
import { crossplaneClaimStatus } from './crossplaneClaim';
import { crossplaneXrStatus } from './crossplaneXr';
import { kroStatus } from './kro';
import type { ProvisioningHistory, ProvisioningStatus } from './types';

/**
 * Which rules an object's status follows.
 *
 * @public
 */
export type ProvisioningSource =
  | 'cluster-api'
  | 'crossplane-claim'
  | 'crossplane-xr'
  | 'kro';

/**
 * The source that an object shows by itself: the group of Cluster API, `spec.crossplane` of a v2 composite,
 * `spec.resourceRef` of a claim and `spec.resourceRefs` or `spec.claimRef` of an older composite, the labels and states of
 * KRO. `undefined` where it shows none, for example before its controller has seen it.
 *
 * @public
 */
export function provisioningSource(
  object: KubernetesObject,
): ProvisioningSource | undefined {
  const { apiVersion = '', kind, metadata, spec, status } = object;
  const [group] = apiVersion.split('/');
  if (group === 'cluster.x-k8s.io' && kind === 'Cluster') return 'cluster-api';
  if (
    group === 'kro.run' ||
    (status?.state !== undefined &&
      Object.keys(metadata.labels ?? {}).some(key =>
        key.startsWith('kro.run/'),
      ))
  )
    return 'kro';
  if (spec?.crossplane || spec?.resourceRefs || spec?.claimRef)
    return 'crossplane-xr';
  return spec?.resourceRef || spec?.compositeDeletePolicy
    ? 'crossplane-claim'
    : undefined;
}

/**
 * The state of a cluster's claim.
 *
 * @param source - where the caller knows what defines the object's kind; default: what the object shows
 * @public
 */
export function provisioningStatus(
  object: KubernetesObject,
  options: ProvisioningHistory & { source?: ProvisioningSource } = {},
): ProvisioningStatus {
  const { source = provisioningSource(object), ...history } = options;
  switch (source) {
    case 'cluster-api':
      return object.apiVersion === 'cluster.x-k8s.io/v1beta2'
        ? clusterApiV1beta2Status(object)
        : clusterApiV1beta1Status(object);
    case 'crossplane-claim':
      return crossplaneClaimStatus(object, history);
    case 'crossplane-xr':
      return crossplaneXrStatus(object, history);
    case 'kro':
      return kroStatus(object, history);
    default:
      return {
        state: 'unknown',
        sentence: `What makes objects of kind ${object.kind} is not known.`,
      };
  }
}
