import type {
  Deployment,
  PlannedApplication,
} from '@backstage-fleet/plugin-fleet-common';
import { currentPlan, currentStage, nextStage } from '../stages';
import type { ChangeRecord } from '../types';
import { ended, mergedAt, overdue, someOf, to } from './ends';
import type { FleetObservation, Progress } from './types';

/**
 * merged → synced → healthy, by the Applications of the plan.
 *
 * @remarks
 * A created Application has arrived when it is synced; a changed one when the hub compared it after the commit and
 * found it synced; a deleted one when it is gone.
 */
export function applicationProgress(
  change: ChangeRecord,
  fleet: FleetObservation,
  now: Date,
): Progress | undefined {
  const { state } = change;
  const plan = currentPlan(change);
  const left = (currentStage(change)?.objects ?? []).filter(object =>
    fleet.hasObject?.(object),
  );
  if (left.length > 0) {
    return fleet.live
      ? overdue(
          change,
          now,
          `there: ${left
            .map(({ kind, name }) => `${kind} ${name}`)
            .join(', ')}`,
        )
      : undefined;
  }
  if (!plan.evaluable || plan.applications.length === 0) {
    return ended(
      change,
      state,
      plan.evaluable
        ? 'changes no Application: nothing to wait for'
        : 'has an effect that could not be computed, so it is not followed',
      plan.evaluable
        ? 'No Application changes: nothing to wait for'
        : 'The effect could not be computed, so it is not followed',
    );
  }
  if (!fleet.live) return undefined;

  const { waiting, unhealthy } = plannedApplications(change, fleet);
  const count = plan.applications.length;
  if (waiting.length === 0 && unhealthy.length === 0) {
    const removing = plan.applications.every(
      ({ action }) => action === 'delete',
    );
    return ended(
      change,
      'healthy',
      removing ? 'has removed its Applications' : 'is in place and healthy',
      removing
        ? `${applications(count)} ${be(count)} gone`
        : `${applications(count)} ${be(count)} in place and healthy`,
    );
  }
  const gone = waiting.every(({ action }) => action !== 'delete');
  if (
    gone &&
    nextStage(change) &&
    currentStage(change)?.waitFor === 'removed'
  ) {
    return ended(change, state, 'has removed its Applications');
  }
  if (waiting.length === 0 && state !== 'synced')
    return to(change, 'synced', `${applications(count)} ${be(count)} synced`);
  const late = waiting.length ? waiting : unhealthy;
  return overdue(
    change,
    now,
    `${waiting.length ? 'not synced' : 'not healthy'}: ${someOf(
      late.map(({ name, cluster }) => `${name} on ${cluster}`),
    )}`,
  );
}

/** The Applications of the plan that are not where they shall be: not arrived yet, and not healthy. */
export function plannedApplications(
  change: ChangeRecord,
  fleet: FleetObservation,
): { waiting: PlannedApplication[]; unhealthy: PlannedApplication[] } {
  const { applications: all } = currentPlan(change);
  return {
    waiting: all.filter(
      application =>
        !arrived(change, application, fleet.deployment(application)),
    ),
    unhealthy: all.filter(
      application =>
        application.action !== 'delete' &&
        fleet.deployment(application)?.health !== 'Healthy',
    ),
  };
}

function arrived(
  change: ChangeRecord,
  { action }: PlannedApplication,
  deployment: Deployment | undefined,
): boolean {
  if (action === 'delete') return deployment === undefined;
  if (!deployment || deployment.deleting || deployment.sync !== 'Synced') {
    return false;
  }
  if (action === 'create') return true;
  const commit = currentStage(change)?.commit ?? change.commit;
  return (
    (commit !== undefined && deployment.synced?.commit?.sha === commit.sha) ||
    (deployment.reconciledAt !== undefined &&
      new Date(deployment.reconciledAt) >= mergedAt(change))
  );
}

function applications(count: number): string {
  return count === 1 ? '1 Application' : `${count} Applications`;
}

function be(count: number): string {
  return count === 1 ? 'is' : 'are';
}
