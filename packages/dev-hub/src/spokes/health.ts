import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';

export type HealthStatus =
  | 'Healthy'
  | 'Progressing'
  | 'Degraded'
  | 'Suspended'
  | 'Missing'
  | 'Unknown';

export interface ResourceHealth {
  status: HealthStatus;
  message?: string;
}

/**
 * Health of a live object, for the kinds that a fleet's services are made of; other kinds have none.
 *
 * Source: Argo CD's gitops-engine `pkg/health/health_deployment.go` and `health_statefulset.go`.
 */
export function resourceHealth(
  object: KubernetesObject,
): ResourceHealth | undefined {
  if (object.kind !== 'Deployment' && object.kind !== 'StatefulSet') {
    return undefined;
  }
  if (object.spec?.paused) {
    return { status: 'Suspended', message: `${object.kind} is paused` };
  }
  const status = object.status ?? {};
  if ((status.observedGeneration ?? 0) < (object.metadata.generation ?? 1)) {
    return {
      status: 'Progressing',
      message:
        'Waiting for rollout to finish: observed deployment generation less than desired generation',
    };
  }
  const conditions: any[] = status.conditions ?? [];
  const exceeded = conditions.find(
    condition => condition.reason === 'ProgressDeadlineExceeded',
  );
  if (exceeded) {
    return {
      status: 'Degraded',
      message: `Deployment "${object.metadata.name}" exceeded its progress deadline`,
    };
  }
  const wanted = object.spec?.replicas ?? 1;
  const updated = status.updatedReplicas ?? 0;
  const available = status.availableReplicas ?? 0;
  if (updated < wanted) {
    return {
      status: 'Progressing',
      message: `Waiting for rollout to finish: ${updated} out of ${wanted} new replicas have been updated...`,
    };
  }
  if (available < updated) {
    return {
      status: 'Progressing',
      message: `Waiting for rollout to finish: ${available} of ${updated} updated replicas are available...`,
    };
  }
  return { status: 'Healthy' };
}

/** From best to worst, as Argo CD ranks them (gitops-engine `pkg/health/health.go`). */
const ORDER: HealthStatus[] = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
];

export function isWorse(health: HealthStatus, than: HealthStatus): boolean {
  return ORDER.indexOf(health) > ORDER.indexOf(than);
}
