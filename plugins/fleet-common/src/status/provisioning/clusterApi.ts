import type { KubernetesObject } from '../../model/kubernetes';
import { isDeleting, ObjectCondition, statusOf } from './conditions';
import type { ProvisioningStatus } from './types';

/** Source: Cluster API `api/core/v1beta2/common_types.go` `PausedAnnotation`. */
const PAUSED_ANNOTATION = 'cluster.x-k8s.io/paused';

/** What both versions of Cluster API say alike, before anything else: that it goes, or is left alone. */
export function clusterApiOverride(
  { metadata, spec, status, ...object }: KubernetesObject,
  conditions: ReadonlyMap<string, ObjectCondition>,
): ProvisioningStatus | undefined {
  const deleting = conditions.get('Deleting');
  const paused =
    spec?.paused === true ||
    metadata.annotations?.[PAUSED_ANNOTATION] !== undefined ||
    conditions.get('Paused')?.status === 'True';
  if (
    isDeleting({ metadata, ...object }) ||
    status?.phase === 'Deleting' ||
    deleting?.status === 'True'
  ) {
    const found = statusOf(
      'deleting',
      paused
        ? 'Is to be deleted, and paused: nothing is deleted until it goes on'
        : 'Is being deleted',
      deleting?.status === 'True' ? deleting : undefined,
    );
    return metadata.deletionTimestamp
      ? { ...found, since: metadata.deletionTimestamp }
      : found;
  }
  return paused
    ? statusOf('paused', 'Cluster API is told to leave it alone')
    : undefined;
}

/** Counts of machines, as `status` of v1beta2 and `status.v1beta2` of v1beta1 have them. */
export function machineProgress(
  counts: any,
): Pick<ProvisioningStatus, 'progress'> {
  const groups = [counts?.controlPlane, counts?.workers];
  const sum = (field: string) =>
    groups.reduce(
      (total, group) =>
        total + (typeof group?.[field] === 'number' ? group[field] : 0),
      0,
    );
  const total = sum('desiredReplicas');
  return total > 0
    ? { progress: { done: sum('availableReplicas'), total, of: 'machines' } }
    : {};
}
