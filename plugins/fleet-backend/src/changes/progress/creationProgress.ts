import { nextStage } from '../stages';
import type { ChangeRecord } from '../types';
import { failed, overdue, to } from './ends';
import type { FleetObservation, Progress } from './types';

/** So long a claim that is on the branch is waited for to be seen. */
export const UNSEEN_CLAIM_MS = 60_000;

/** The cluster that a change makes now: a new one, or again the one that the stages before took away. */
export function madeCluster(change: ChangeRecord): string | undefined {
  const { intent } = change;
  const isMade =
    intent.kind === 'cluster.create' ||
    (intent.kind === 'cluster.recreate' && !nextStage(change));
  return isMade ? intent.parameters.cluster : undefined;
}

/** From the claim on the branch to the cluster in Argo CD. */
export function creationProgress(
  change: ChangeRecord,
  name: string,
  fleet: FleetObservation,
  now: Date,
): Progress | undefined {
  if (!fleet.live) return undefined;
  return (
    step(change, name, fleet, now) ??
    overdue(change, now, `${name} is not registered`)
  );
}

function step(
  change: ChangeRecord,
  name: string,
  fleet: FleetObservation,
  now: Date,
): Progress | undefined {
  const cluster = fleet.cluster?.(name);
  if (!cluster) return undefined;
  const { provisioning, registered } = cluster;
  if (provisioning?.state === 'failed')
    return failed(
      change,
      `${name} could not be made: ${
        provisioning.message ?? 'its claim failed'
      }`,
    );
  // The registration may be seen before the claim; where claims are not watched, none is ever seen.
  const ready = provisioning
    ? provisioning.state === 'ready'
    : now.getTime() - change.updatedAt.getTime() > UNSEEN_CLAIM_MS;
  if (registered && ready)
    return to(change, 'registered', `${name} is registered in Argo CD`);
  return provisioning && change.state === 'merged'
    ? to(
        change,
        'provisioning',
        `${name} is being made${
          provisioning.message ? `: ${provisioning.message}` : ''
        }`,
      )
    : undefined;
}
