import type {
  ChangeState,
  Deployment,
  PlannedApplication,
} from '@backstage-fleet/plugin-fleet-common';
import type { ObjectReference } from '@backstage-fleet/plugin-fleet-gitops';
import type { NewTimelineEntry } from './journal';
import {
  currentPlan,
  currentStage,
  intoNextStage,
  nextStage,
  withStage,
} from './stages';
import type { ChangePatch, ChangeRecord, ObservedCluster } from './types';

/** What the fleet shows of a written change. */
export interface FleetObservation {
  /** Whether every hub is live: without that, nothing is concluded. */
  live: boolean;
  deployment(application: {
    namespace: string;
    name: string;
  }): Deployment | undefined;
  cluster?(name: string): ObservedCluster | undefined;
  hasObject?(object: ObjectReference): boolean | undefined;
}

/** A step forward. */
export interface Progress {
  from: ChangeState;
  patch: ChangePatch;
  entry: NewTimelineEntry;
}

/** A change is given up after this time without reaching its end. */
export const FOLLOWED_FOR_MS = 2 * 60 * 60_000;

/** So long a claim that is on the branch is waited for to be seen. */
const UNSEEN_CLAIM_MS = 60_000;

const FOLLOWED: ChangeState[] = [
  'merged',
  'provisioning',
  'registered',
  'synced',
];

/**
 * The next step of a change that is on the branch: merged → synced → healthy, with provisioning → registered before them
 * where a cluster is made; the next stage, where there is one; or failed when it takes too long. `undefined` while there is
 * nothing new to say.
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
  if (!FOLLOWED.includes(change.state)) return undefined;
  const next = nextStage(change);
  const { waitFor } = currentStage(change) ?? {};
  if (next && waitFor === 'merged')
    return ended(change, 'merged', 'is on the branch');

  const making = madeCluster(change);
  if (making && change.state !== 'registered' && change.state !== 'synced') {
    return fleet.live
      ? clusterProgress(change, making, fleet, now) ??
          overdue(change, now, `${making} is not registered`)
      : undefined;
  }
  return applicationProgress(change, fleet, now);
}

function applicationProgress(
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
  if (waiting.length === 0 && state !== 'synced') {
    return {
      from: state,
      patch: withStage(change, { state: 'synced' }),
      entry: {
        state: 'synced',
        message: `${applications(count)} ${be(count)} synced`,
      },
    };
  }
  const late = waiting.length ? waiting : unhealthy;
  return overdue(
    change,
    now,
    `${waiting.length ? 'not synced' : 'not healthy'}: ${late
      .slice(0, 5)
      .map(({ name, cluster }) => `${name} on ${cluster}`)
      .join(', ')}${late.length > 5 ? ` and ${late.length - 5} more` : ''}`,
  );
}

/** The end of the stage under way: the next stage, unless it is held back; or the end of the change. */
function ended(
  change: ChangeRecord,
  state: ChangeState,
  what: string,
  message?: string,
): Progress | undefined {
  const stage = currentStage(change);
  const next = nextStage(change);
  if (!stage || !next) {
    return {
      from: change.state,
      patch: { ...withStage(change, { state }), step: 'done' },
      entry: {
        state,
        message: message ?? `${stage?.title ?? 'The change'} ${what}`,
      },
    };
  }
  if (change.paused) return undefined;
  return {
    from: change.state,
    patch: intoNextStage({
      ...change,
      stages: withStage(change, { state }).stages,
    }),
    entry: { state, message: `${stage.title} ${what}. Next: ${next.title}` },
  };
}

function overdue(
  change: ChangeRecord,
  now: Date,
  what: string,
): Progress | undefined {
  if (now.getTime() - change.updatedAt.getTime() <= FOLLOWED_FOR_MS)
    return undefined;
  const message = `After ${FOLLOWED_FOR_MS / 60_000} minutes still ${what}`;
  return {
    from: change.state,
    patch: {
      ...withStage(change, { state: 'failed' }),
      step: 'done',
      error: message,
    },
    entry: { state: 'failed', message },
  };
}

/** The cluster that a change makes now: a new one, or again the one that the stages before took away. */
function madeCluster(change: ChangeRecord): string | undefined {
  const { intent } = change;
  const isMade =
    intent.kind === 'cluster.create' ||
    (intent.kind === 'cluster.recreate' && !nextStage(change));
  return isMade ? intent.parameters.cluster : undefined;
}

function clusterProgress(
  change: ChangeRecord,
  name: string,
  fleet: FleetObservation,
  now: Date,
): Progress | undefined {
  const cluster = fleet.cluster?.(name);
  if (!cluster) return undefined;
  const to = (state: ChangeState, message: string): Progress => ({
    from: change.state,
    patch: withStage(change, { state }),
    entry: { state, message },
  });
  const { provisioning, registered } = cluster;
  if (provisioning?.state === 'failed') {
    const message = `${name} could not be made: ${
      provisioning.message ?? 'its claim failed'
    }`;
    const failed = to('failed', message);
    return {
      ...failed,
      patch: { ...failed.patch, step: 'done', error: message },
    };
  }
  // The registration may be seen before the claim; where claims are not watched, none is ever seen.
  const ready = provisioning
    ? provisioning.state === 'ready'
    : now.getTime() - change.updatedAt.getTime() > UNSEEN_CLAIM_MS;
  if (registered && ready) {
    return to('registered', `${name} is registered in Argo CD`);
  }
  return provisioning && change.state === 'merged'
    ? to(
        'provisioning',
        `${name} is being made${
          provisioning.message ? `: ${provisioning.message}` : ''
        }`,
      )
    : undefined;
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
  const commit = currentStage(change)?.commit ?? change.commit;
  const mergedAt = commit?.date ?? change.updatedAt;
  return (
    (commit !== undefined && deployment.synced?.commit?.sha === commit.sha) ||
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
