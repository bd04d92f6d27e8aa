import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { type Condition, withConditions } from '../conditions';

/**
 * What a set of machines does next: look at a changed spec, or have one machine more, one less, or one that gets the
 * version asked for.
 */
export type MachineStep = 'observe' | 'create' | 'delete' | 'replace';

/** Undefined when the machines are as they should be. */
export function nextMachineStep(
  machines: KubernetesObject,
): MachineStep | undefined {
  const wanted = machines.spec?.replicas ?? 1;
  const status: any = machines.status ?? {};
  const { replicas = 0, upToDateReplicas = 0 } = status;
  if (status.observedGeneration !== machines.metadata.generation) {
    return 'observe';
  }
  if (replicas < wanted) return 'create';
  if (replicas > wanted) return 'delete';
  return upToDateReplicas < wanted ? 'replace' : undefined;
}

function conditionsOf(
  wanted: number,
  status: {
    replicas: number;
    availableReplicas: number;
    upToDateReplicas: number;
  },
): Condition[] {
  const { replicas, availableReplicas, upToDateReplicas } = status;
  const holds = (type: string, yes: boolean, message = ''): Condition => ({
    type,
    status: yes ? 'True' : 'False',
    reason: yes ? type : `Not${type}`,
    message,
  });
  // One machine may be missing while others are replaced (maxUnavailable of the rollout).
  const enough = availableReplicas >= Math.max(Math.min(wanted, 1), wanted - 1);
  return [
    holds(
      'Available',
      enough,
      enough
        ? ''
        : `${availableReplicas} available replicas, at least ${Math.max(
            Math.min(wanted, 1),
            wanted - 1,
          )} required`,
    ),
    holds('RollingOut', replicas >= wanted && upToDateReplicas < wanted),
    holds('ScalingUp', replicas < wanted),
    holds('ScalingDown', replicas > wanted),
  ];
}

/** v1beta1 has one summary. */
function oldConditions(ready: boolean): Condition[] {
  return ready
    ? [
        { type: 'Ready', status: 'True' },
        { type: 'Available', status: 'True' },
      ]
    : [
        {
          type: 'Ready',
          status: 'False',
          reason: 'WaitingForAvailableMachines',
          severity: 'Warning',
        },
        {
          type: 'Available',
          status: 'False',
          reason: 'WaitingForAvailableMachines',
          severity: 'Warning',
        },
      ];
}

/** `status` (v1beta2) of a MachineDeployment or of a control plane made of machines, after a step. */
export function machinesStatus(
  machines: KubernetesObject,
  step: MachineStep,
  now: Date,
): Record<string, any> {
  const old: any = machines.status ?? {};
  const wanted = machines.spec?.replicas ?? 1;
  let { replicas = 0, upToDateReplicas = 0 } = old;
  if (step === 'observe') {
    if (old.version !== versionOf(machines)) upToDateReplicas = 0;
  } else if (step === 'create') {
    replicas += 1;
    upToDateReplicas += 1;
  } else if (step === 'delete') {
    replicas -= 1;
    upToDateReplicas = Math.min(upToDateReplicas, replicas);
  } else if (step === 'replace') upToDateReplicas += 1;
  const status = { replicas, availableReplicas: replicas, upToDateReplicas };
  const settled = replicas === wanted && upToDateReplicas === wanted;
  return {
    ...old,
    observedGeneration: machines.metadata.generation,
    ...status,
    readyReplicas: replicas,
    phase: phaseOf(replicas, wanted, settled),
    // Until every machine has the new version, the old one is what they have in common.
    version: settled ? versionOf(machines) : old.version ?? versionOf(machines),
    conditions: withConditions(
      old.conditions,
      conditionsOf(wanted, status),
      now,
    ),
    deprecated: {
      v1beta1: {
        conditions: withConditions(
          old.deprecated?.v1beta1?.conditions,
          oldConditions(replicas >= wanted),
          now,
        ),
      },
    },
  };
}

function phaseOf(replicas: number, wanted: number, settled: boolean): string {
  if (replicas < wanted) return 'ScalingUp';
  if (replicas > wanted) return 'ScalingDown';
  return settled ? 'Running' : 'ScalingUp';
}

export function versionOf(machines: KubernetesObject): string | undefined {
  return machines.spec?.version ?? machines.spec?.template?.spec?.version;
}
