import type { ApplicationSet } from '@backstage-fleet/plugin-fleet-gitops';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { timestamp } from './applicationStatus';

/** Argo CD keeps at most so many entries in `status.resources`. */
const RESOURCES_LIMIT = 5000;

type Outcome = { error?: { reason: string; message: string } };

interface Condition {
  type: string;
  status: 'True' | 'False';
  reason: string;
  message: string;
}

/** Conditions as the controller sets them; `error` is what stopped it. */
function conditionsOf({ error }: Outcome): Condition[] {
  const generated = 'Successfully generated parameters for all Applications';
  const upToDate = 'All applications have been generated successfully';
  const generatorFailed =
    error && error.reason !== 'ApplicationValidationError';
  return [
    error
      ? {
          type: 'ErrorOccurred',
          status: 'True',
          reason: error.reason,
          message: error.message,
        }
      : {
          type: 'ErrorOccurred',
          status: 'False',
          reason: 'ApplicationSetUpToDate',
          message: upToDate,
        },
    generatorFailed
      ? {
          type: 'ParametersGenerated',
          status: 'False',
          reason: 'ErrorOccurred',
          message: error.message,
        }
      : {
          type: 'ParametersGenerated',
          status: 'True',
          reason: 'ParametersGenerated',
          message: generated,
        },
    error
      ? {
          type: 'ResourcesUpToDate',
          status: 'False',
          reason: error.reason,
          message: error.message,
        }
      : {
          type: 'ResourcesUpToDate',
          status: 'True',
          reason: 'ApplicationSetUpToDate',
          message: upToDate,
        },
  ];
}

/** Writes what a reconciliation found into the status; times move only where something changed. */
export function writeStatus(
  applicationSet: ApplicationSet,
  outcome: Outcome,
  applications: readonly KubernetesObject[],
  now: Date,
): void {
  const status = (applicationSet.status ??= {});
  const old: any[] = status.conditions ?? [];
  status.conditions = conditionsOf(outcome).map(condition => {
    const before = old.find(({ type }) => type === condition.type);
    const same =
      before?.status === condition.status &&
      before.reason === condition.reason &&
      before.message === condition.message;
    return {
      lastTransitionTime: same ? before.lastTransitionTime : timestamp(now),
      ...condition,
    };
  });
  status.health = outcome.error
    ? { message: outcome.error.message, status: 'Degraded' }
    : {
        message: 'All applications have been generated successfully',
        status: 'Healthy',
      };
  status.resourcesCount = applications.length;
  status.resources = applications
    .slice(0, RESOURCES_LIMIT)
    .map(({ metadata, status: own }) => ({
      group: 'argoproj.io',
      health: own?.health?.status ? { status: own.health.status } : {},
      kind: 'Application',
      name: metadata.name,
      namespace: metadata.namespace,
      ...(own?.sync?.status ? { status: own.sync.status } : {}),
      version: 'v1alpha1',
    }));
}
