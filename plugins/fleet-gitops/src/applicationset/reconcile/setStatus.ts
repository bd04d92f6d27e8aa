import type { Application } from '../../model/argocd';
import { compareBytes } from '../compareBytes';
import type { ApplicationSetCondition, ApplicationSetResource } from './types';

/** What a set's status says about its Applications. Source: Argo CD `applicationset/status` `BuildResourceStatus`. */
export function describeResources(
  applications: Application[],
): ApplicationSetResource[] {
  return applications
    .map(({ metadata, status }) => ({
      group: 'argoproj.io',
      version: 'v1alpha1',
      kind: 'Application',
      name: metadata.name,
      namespace: metadata.namespace,
      ...(status?.sync?.status && { status: status.sync.status as string }),
      health: status?.health?.status ? { status: status.health.status } : {},
    }))
    .sort((a, b) => compareBytes(a.name, b.name));
}

/** The health that conditions add up to. Source: Argo CD `ApplicationSetStatus.CalculateHealth`. */
export function healthOf(conditions: ApplicationSetCondition[]): {
  status: string;
  message: string;
} {
  const ranks = [
    ['ErrorOccurred', 'Degraded'],
    ['RolloutProgressing', 'Progressing'],
    ['ResourcesUpToDate', 'Healthy'],
  ];
  for (const [type, status] of ranks) {
    const condition = conditions.find(
      item => item.type === type && item.status === 'True',
    );
    if (condition) {
      return { status, message: condition.message };
    }
  }
  return {
    status: 'Unknown',
    message:
      conditions.length === 0
        ? 'No status conditions found for ApplicationSet'
        : 'Waiting for health status to be determined',
  };
}
