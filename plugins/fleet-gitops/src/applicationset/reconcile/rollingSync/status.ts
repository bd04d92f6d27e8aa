import type { Application } from '../../../model/argocd';
import { isSameJson } from '../mergePatch';
import type { ApplicationSetApplicationStatus } from '../types';
import type { StepPlan } from './steps';

/** Whether the spec that the set wants differs from the one that an Application has. */
export type IsSpecChanged = (application: Application) => boolean;

/**
 * Moves the status of each existing Application on: a new revision or spec makes it Waiting again; Waiting, once synced, is
 * Progressing or Healthy; Pending becomes Progressing when a sync began later, or cannot begin; Progressing becomes Healthy
 * when it is synced and healthy.
 *
 * Source: Argo CD `applicationset/progressivesync` `UpdateApplicationSetApplicationStatus`.
 */
export function updateStatuses(
  applications: Application[],
  current: ApplicationSetApplicationStatus[],
  plan: StepPlan,
  isSpecChanged: IsSpecChanged,
  now: string | undefined,
): ApplicationSetApplicationStatus[] {
  return applications.map(application => {
    const { name } = application.metadata;
    const known = current.find(item => item.application === name);
    const status: ApplicationSetApplicationStatus = {
      ...(known ?? {
        application: name,
        status: 'Waiting',
        message: 'No Application status found, defaulting status to Waiting',
        targetRevisions: revisionsOf(application),
        ...(now !== undefined && { lastTransitionTime: now }),
      }),
      step: String((plan.stepOf.get(name) ?? -2) + 1),
    };
    return advance(application, status, isSpecChanged(application), now);
  });
}

function advance(
  application: Application,
  status: ApplicationSetApplicationStatus,
  specChanged: boolean,
  now: string | undefined,
): ApplicationSetApplicationStatus {
  const { status: live = {} } = application;
  const synced = live.sync?.status === 'Synced';
  const healthy = live.health?.status === 'Healthy';
  const move = (
    to: ApplicationSetApplicationStatus['status'],
    message: string,
    from = status,
  ): ApplicationSetApplicationStatus => ({
    ...from,
    status: to,
    message,
    ...(now !== undefined && { lastTransitionTime: now }),
  });

  const revisions = revisionsOf(application);
  const revisionChanged = !isSameJson(status.targetRevisions, revisions);
  const waiting =
    revisionChanged || specChanged
      ? move('Waiting', pendingMessage(revisionChanged, specChanged), {
          ...status,
          targetRevisions: revisions,
        })
      : status;
  if (waiting.status === 'Waiting') {
    if (!synced) {
      return waiting;
    }
    const to = healthy ? 'Healthy' : 'Progressing';
    return move(
      to,
      `Application resource has synced, updating status to ${to}`,
      waiting,
    );
  }
  if (status.status === 'Pending') {
    const message = leavesPending(live, status.lastTransitionTime);
    return message ? move('Progressing', message) : status;
  }
  return status.status === 'Progressing' && synced && healthy
    ? move(
        'Healthy',
        'Application resource became Healthy, updating status from Progressing to Healthy',
      )
    : status;
}

function pendingMessage(revision: boolean, spec: boolean): string {
  if (!spec) {
    return 'Application has pending changes, setting status to Waiting';
  }
  return revision
    ? 'Application has pending changes (revision and spec differ), setting status to Waiting'
    : 'Application has pending changes (spec differs), setting status to Waiting';
}

/** Why a Pending Application is now Progressing; `undefined` where it is not. */
function leavesPending(
  live: any,
  since: string | undefined,
): string | undefined {
  const pendingSince = since === undefined ? Infinity : Date.parse(since);
  if (live.reconciledAt && Date.parse(live.reconciledAt) <= pendingSince) {
    return undefined;
  }
  const { operationState } = live;
  if (operationState && Date.parse(operationState.startedAt) > pendingSince) {
    switch (operationState.phase) {
      case 'Succeeded':
        return 'Application resource completed a sync successfully, updating status from Pending to Progressing';
      case 'Failed':
      case 'Error':
        return 'Application resource completed a sync, updating status from Pending to Progressing';
      default:
        return 'Application resource became Progressing, updating status from Pending to Progressing';
    }
  }
  return live.conditions?.some((condition: any) =>
    ['InvalidSpecError', 'UnknownError'].includes(condition.type),
  )
    ? 'Application resource has error and cannot sync, updating status to Progressing'
    : undefined;
}

function revisionsOf({ status }: Application): string[] {
  const sync = status?.sync ?? {};
  if (sync.revisions?.length) {
    return sync.revisions;
  }
  return sync.revision ? [sync.revision] : [];
}
