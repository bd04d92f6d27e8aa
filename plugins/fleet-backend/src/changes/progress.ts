import type {
  ChangeState,
  Deployment,
  PlannedApplication,
} from '@backstage-fleet/plugin-fleet-common';
import type { ChangePatch, ChangeRecord } from './types';
import type { NewTimelineEntry } from './journal';

/** What the fleet shows of a written change. */
export interface FleetObservation {
  /** Whether every hub is live: without that, nothing is concluded. */
  live: boolean;
  deployment(application: {
    namespace: string;
    name: string;
  }): Deployment | undefined;
}

/** A step forward. */
export interface Progress {
  from: ChangeState;
  patch: ChangePatch;
  entry: NewTimelineEntry;
}

/** A change is given up after this time without reaching its end. */
export const FOLLOWED_FOR_MS = 2 * 60 * 60_000;

/**
 * The next step of a change that is on the branch: merged → synced → healthy, or failed when it takes too long.
 * `undefined` while there is nothing new to say.
 *
 * @remarks
 * A created Application has arrived when it is synced; a changed one when the hub compared it after the commit and
 * found it synced; a deleted one when it is gone.
 */
export function nextProgress(
  change: ChangeRecord,
  fleet: FleetObservation,
  now: Date,
): Progress | undefined {
  const { state, plan } = change;
  if (state !== 'merged' && state !== 'synced') return undefined;

  if (!plan.evaluable || plan.applications.length === 0) {
    return {
      from: state,
      patch: { state, step: 'done' },
      entry: {
        state,
        message: plan.evaluable
          ? 'No Application changes: nothing to wait for'
          : 'The effect could not be computed, so it is not followed',
      },
    };
  }
  if (!fleet.live) return undefined;

  const waiting = plan.applications.filter(
    application => !arrived(change, application, fleet),
  );
  const unhealthy = plan.applications.filter(
    application =>
      application.action !== 'delete' &&
      fleet.deployment(application)?.health !== 'Healthy',
  );
  const count = plan.applications.length;
  if (waiting.length === 0 && unhealthy.length === 0) {
    return {
      from: state,
      patch: { state: 'healthy', step: 'done' },
      entry: {
        state: 'healthy',
        message: `${applications(count)} ${be(count)} in place and healthy`,
      },
    };
  }
  if (waiting.length === 0 && state === 'merged') {
    return {
      from: state,
      patch: { state: 'synced' },
      entry: {
        state: 'synced',
        message: `${applications(count)} ${be(count)} synced`,
      },
    };
  }
  if (now.getTime() - change.updatedAt.getTime() > FOLLOWED_FOR_MS) {
    const late = waiting.length ? waiting : unhealthy;
    const message = `After ${FOLLOWED_FOR_MS / 60_000} minutes still ${
      waiting.length ? 'not synced' : 'not healthy'
    }: ${late
      .slice(0, 5)
      .map(({ name, cluster }) => `${name} on ${cluster}`)
      .join(', ')}${late.length > 5 ? ` and ${late.length - 5} more` : ''}`;
    return {
      from: state,
      patch: { state: 'failed', step: 'done', error: message },
      entry: { state: 'failed', message },
    };
  }
  return undefined;
}

function arrived(
  change: ChangeRecord,
  application: PlannedApplication,
  fleet: FleetObservation,
): boolean {
  const deployment = fleet.deployment(application);
  if (application.action === 'delete') return deployment === undefined;
  if (!deployment || deployment.deleting || deployment.sync !== 'Synced') {
    return false;
  }
  if (application.action === 'create') return true;
  const mergedAt = change.commit?.date ?? change.updatedAt;
  return (
    deployment.synced?.commit?.sha === change.commit?.sha ||
    (deployment.reconciledAt !== undefined &&
      new Date(deployment.reconciledAt) >= new Date(mergedAt))
  );
}

function applications(count: number): string {
  return count === 1 ? '1 Application' : `${count} Applications`;
}

function be(count: number): string {
  return count === 1 ? 'is' : 'are';
}
