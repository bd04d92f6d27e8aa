import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { type Condition, isTrue, withConditions } from '../conditions';

/** What the status of a Cluster follows from. */
export interface ClusterParts {
  cluster: KubernetesObject;
  /** Absent before the topology was looked at. */
  controlPlane?: KubernetesObject;
  machineDeployments: KubernetesObject[];
  infrastructureReady: boolean;
  paused: boolean;
  /** Why the provider does not make it. */
  failure?: string;
  /** What a deletion waits for. */
  deleting?: { reason: string; message: string };
}

function sum(objects: KubernetesObject[], field: string): number {
  return objects.reduce(
    (total, { status }) => total + (status?.[field] ?? 0),
    0,
  );
}

function desired(objects: KubernetesObject[]): number {
  return objects.reduce((total, { spec }) => total + (spec?.replicas ?? 0), 0);
}

function counts(objects: KubernetesObject[]) {
  return {
    desiredReplicas: desired(objects),
    replicas: sum(objects, 'replicas'),
    upToDateReplicas: sum(objects, 'upToDateReplicas'),
    readyReplicas: sum(objects, 'readyReplicas'),
    availableReplicas: sum(objects, 'availableReplicas'),
  };
}

function condition(
  type: string,
  holds: boolean,
  [yes, no]: [string, string],
  message = '',
): Condition {
  return {
    type,
    status: holds ? 'True' : 'False',
    reason: holds ? yes : no,
    message: holds ? '' : message,
  };
}

/** Whether all machines run the version that is asked for. */
function isRollingOut(objects: KubernetesObject[]): boolean {
  return objects.some(
    ({ spec, status }) =>
      (status?.upToDateReplicas ?? 0) < (spec?.replicas ?? 0) &&
      (status?.replicas ?? 0) >= (spec?.replicas ?? 0),
  );
}

function phase(parts: ClusterParts): string {
  if (parts.deleting) return 'Deleting';
  if (parts.infrastructureReady) return 'Provisioned';
  return parts.controlPlane ? 'Provisioning' : 'Pending';
}

/**
 * `status` of a Cluster in v1beta2, with the conditions of v1beta1 under `deprecated`.
 *
 * Source: kubernetes-sigs/cluster-api `internal/controllers/cluster/cluster_controller_status.go` and
 * `docs/proposals/20240916-improve-status-in-CAPI-resources.md`.
 */
export function clusterStatus(
  parts: ClusterParts,
  now: Date,
): Record<string, any> {
  const { cluster, controlPlane, machineDeployments, failure } = parts;
  const old: any = cluster.status ?? {};
  const initialized =
    old.initialization?.controlPlaneInitialized === true ||
    controlPlane?.status?.initialization?.controlPlaneInitialized === true;
  const controlPlaneAvailable = isTrue(controlPlane, 'Available');
  const workersAvailable = machineDeployments.every(machines =>
    isTrue(machines, 'Available'),
  );
  const parties = [
    ...(controlPlane ? [controlPlane] : []),
    ...machineDeployments,
  ];
  const conditions = v1beta2Conditions(parts, {
    initialized,
    controlPlaneAvailable,
    workersAvailable,
    parties,
  });
  const available = conditions.find(({ type }) => type === 'Available')!;
  return {
    ...old,
    observedGeneration: cluster.metadata.generation,
    phase: phase(parts),
    initialization: {
      infrastructureProvisioned: parts.infrastructureReady,
      controlPlaneInitialized: initialized,
    },
    conditions: withConditions(old.conditions, conditions, now),
    ...(controlPlane
      ? {
          controlPlane: {
            ...counts([controlPlane]),
            versions: controlPlane.status?.version
              ? [controlPlane.status.version]
              : [],
          },
          workers: counts(machineDeployments),
        }
      : {}),
    deprecated: {
      v1beta1: {
        ...(failure && !initialized
          ? { failureReason: 'CreateError', failureMessage: failure }
          : {}),
        conditions: withConditions(
          old.deprecated?.v1beta1?.conditions,
          v1beta1Conditions(parts, {
            initialized,
            ready: available.status === 'True',
          }),
          now,
        ),
      },
    },
  };
}

function v1beta2Conditions(
  parts: ClusterParts,
  state: {
    initialized: boolean;
    controlPlaneAvailable: boolean;
    workersAvailable: boolean;
    parties: KubernetesObject[];
  },
): Condition[] {
  const { infrastructureReady, failure, deleting, paused } = parts;
  const { initialized, controlPlaneAvailable, workersAvailable, parties } =
    state;
  const missing = [
    ...(deleting ? [`* Deleting: ${deleting.message}`] : []),
    ...(failure ? [`* TopologyReconciled: ${failure}`] : []),
    ...(initialized
      ? []
      : ['* RemoteConnectionProbe: Remote connection not established yet']),
    ...(infrastructureReady
      ? []
      : ['* InfrastructureReady: infrastructure is not ready']),
    ...(controlPlaneAvailable
      ? []
      : ['* ControlPlaneAvailable: control plane is not available']),
    ...(workersAvailable ? [] : ['* WorkersAvailable: machines are missing']),
  ];
  const rolling = isRollingOut(parties);
  const scalingUp = parties.some(
    ({ spec, status }) => (status?.replicas ?? 0) < (spec?.replicas ?? 0),
  );
  const scalingDown = parties.some(
    ({ spec, status }) => (status?.replicas ?? 0) > (spec?.replicas ?? 0),
  );
  return [
    condition(
      'Available',
      missing.length === 0,
      ['Available', 'NotAvailable'],
      missing.join('\n'),
    ),
    condition(
      'TopologyReconciled',
      !failure && parts.controlPlane !== undefined,
      ['ReconcileSucceeded', failure ? 'ReconcileFailed' : 'ClusterCreating'],
      failure ?? 'The topology is being created',
    ),
    condition(
      'InfrastructureReady',
      infrastructureReady,
      ['Ready', 'NotReady'],
      failure ?? 'infrastructure is being provisioned',
    ),
    condition(
      'ControlPlaneInitialized',
      initialized,
      ['Initialized', 'NotInitialized'],
      'Control plane not yet initialized',
    ),
    condition(
      'ControlPlaneAvailable',
      controlPlaneAvailable,
      ['Available', 'NotAvailable'],
      'control plane is not available',
    ),
    condition(
      'WorkersAvailable',
      workersAvailable,
      ['Available', 'NotAvailable'],
      'machines are missing',
    ),
    condition(
      'RemoteConnectionProbe',
      initialized && !deleting,
      ['ProbeSucceeded', 'ProbeFailed'],
      'Remote connection not established yet',
    ),
    condition('RollingOut', rolling, ['RollingOut', 'NotRollingOut']),
    condition('ScalingUp', scalingUp, ['ScalingUp', 'NotScalingUp']),
    condition('ScalingDown', scalingDown, ['ScalingDown', 'NotScalingDown']),
    condition('Paused', paused, ['Paused', 'NotPaused']),
    {
      type: 'Deleting',
      status: deleting ? 'True' : 'False',
      reason: deleting?.reason ?? 'NotDeleting',
      message: deleting?.message ?? '',
    },
  ];
}

function v1beta1Conditions(
  { infrastructureReady, failure, deleting }: ClusterParts,
  { initialized, ready }: { initialized: boolean; ready: boolean },
): Condition[] {
  const of = (type: string, holds: boolean, reason: string): Condition => {
    if (holds) return { type, status: 'True' };
    const severity = failure ? 'Error' : 'Info';
    return {
      type,
      status: 'False',
      reason: deleting ? 'Deleting' : reason,
      severity,
      ...(failure ? { message: failure } : {}),
    };
  };
  return [
    of(
      'Ready',
      ready && !deleting,
      failure ? 'ReconcileFailed' : 'WaitingForControlPlane',
    ),
    of(
      'InfrastructureReady',
      infrastructureReady,
      failure ? 'ReconcileFailed' : 'WaitingForInfrastructure',
    ),
    of(
      'ControlPlaneInitialized',
      initialized,
      'WaitingForControlPlaneProviderInitialized',
    ),
    of('ControlPlaneReady', initialized, 'WaitingForControlPlane'),
    of('TopologyReconciled', !failure, 'TopologyReconcileFailed'),
  ];
}
