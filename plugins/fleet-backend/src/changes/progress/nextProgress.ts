import type { ChangeState } from '@backstage-fleet/plugin-fleet-common';
import { currentStage, nextStage } from '../stages';
import type { ChangeRecord } from '../types';
import { applicationProgress } from './applicationProgress';
import { creationProgress, madeCluster } from './creationProgress';
import { ended } from './ends';
import type { FleetObservation, Progress } from './types';
import { upgradeProgress } from './upgradeProgress';

const FOLLOWED: ChangeState[] = [
  'merged',
  'provisioning',
  'registered',
  'synced',
];

/**
 * The next step of a change that is on the branch: merged → synced → healthy, with provisioning → registered before them
 * where a cluster is made, and provisioning where it is upgraded; the next stage, where there is one; or failed when it takes
 * too long. `undefined` while there is nothing new to say.
 */
export function nextProgress(
  change: ChangeRecord,
  fleet: FleetObservation,
  now: Date,
): Progress | undefined {
  if (!FOLLOWED.includes(change.state)) return undefined;
  if (nextStage(change) && currentStage(change)?.waitFor === 'merged')
    return ended(change, 'merged', 'is on the branch');
  if (change.intent.kind === 'cluster.upgrade')
    return upgradeProgress(change, fleet, now);

  const making = madeCluster(change);
  return making && change.state !== 'registered' && change.state !== 'synced'
    ? creationProgress(change, making, fleet, now)
    : applicationProgress(change, fleet, now);
}
