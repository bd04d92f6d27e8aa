import { hasReached } from '@backstage-fleet/plugin-fleet-gitops';
import { currentStage, nextStage } from '../stages';
import type { ChangeRecord, ObservedCluster } from '../types';
import { plannedApplications } from './applicationProgress';
import { UNSEEN_CLAIM_MS } from './creationProgress';
import { ended, failed, mergedAt, overdue, someOf, to } from './ends';
import type { FleetObservation, Progress } from './types';

/** Nodes are replaced one after the other; a large cluster takes hours. */
export const UPGRADED_FOR_MS = 12 * 60 * 60_000;

/** A control plane of one node cannot be reached while that node is replaced: so long a failed claim may mend itself. */
export const FAILED_FOR_MS = 15 * 60_000;

/** Where one cluster stands. */
type Standing =
  | { is: 'upgraded' }
  | { is: 'behind' | 'under-way' | 'failed' | 'unseen'; because: string };

/**
 * merged → provisioning → healthy: the clusters of the stage run the version, the Applications of the plan are in place, and
 * what is deployed on these clusters is healthy again.
 *
 * @remarks
 * What was unhealthy before the commit, and still is, holds nothing up.
 */
export function upgradeProgress(
  change: ChangeRecord,
  fleet: FleetObservation,
  now: Date,
): Progress | undefined {
  if (change.intent.kind !== 'cluster.upgrade' || !fleet.live) return undefined;
  const { clusters, kubernetesVersion } = change.intent.parameters;
  const meant = currentStage(change)?.clusters ?? clusters;
  const standings = meant.map(name => ({
    name,
    ...standingOf(name, kubernetesVersion, change, fleet, now),
  }));
  const broken = standings.flatMap(standing =>
    standing.is === 'failed' ? [`${standing.name}: ${standing.because}`] : [],
  );
  if (broken.length > 0)
    return failed(change, `Could not be upgraded: ${someOf(broken)}`);
  const left = standings.flatMap(standing =>
    standing.is === 'upgraded' ? [] : [standing],
  );
  const unseen = left.filter(({ is }) => is === 'unseen');
  const waited = now.getTime() - change.updatedAt.getTime() > UNSEEN_CLAIM_MS;
  // Another wave is not written on ignorance.
  if (unseen.length > 0 && waited && !nextStage(change))
    return notFollowed(change, unseen);
  if (left.length > 0) {
    const underWay = left.filter(({ is }) => is === 'under-way');
    return change.state === 'merged' && underWay.length > 0
      ? to(
          change,
          'provisioning',
          `Being upgraded to Kubernetes ${kubernetesVersion}: ${named(
            underWay,
          )}`,
        )
      : overdue(change, now, `not upgraded: ${named(left)}`, UPGRADED_FOR_MS);
  }
  return serviceProgress(change, meant, fleet, now);
}

function notFollowed(
  change: ChangeRecord,
  unseen: Array<{ name: string }>,
): Progress | undefined {
  const clusters = someOf(unseen.map(({ name }) => name));
  const what = `not followed to its end: no hub has the claims of ${clusters}`;
  return ended(change, change.state, `is ${what}`, `The upgrade is ${what}`);
}

function named(standings: Array<{ name: string; because: string }>): string {
  return someOf(standings.map(({ name, because }) => `${name} (${because})`));
}

/** All clusters run the version. */
function serviceProgress(
  change: ChangeRecord,
  clusters: string[],
  fleet: FleetObservation,
  now: Date,
): Progress | undefined {
  const { waiting, unhealthy } = plannedApplications(change, fleet);
  const before = mergedAt(change);
  const sick = clusters.flatMap(cluster =>
    (fleet.deploymentsOn?.(cluster) ?? [])
      .filter(
        ({ health, healthSince, deleting }) =>
          !deleting &&
          health !== 'Healthy' &&
          health !== 'Suspended' &&
          !(healthSince && healthSince < before),
      )
      .map(({ name }) => `${name} on ${cluster}`),
  );
  const notHealthy = [
    ...new Set([
      ...unhealthy.map(({ name, cluster }) => `${name} on ${cluster}`),
      ...sick,
    ]),
  ];
  if (waiting.length === 0 && notHealthy.length === 0) {
    const what = `${someOf(clusters)} ${
      clusters.length === 1 ? 'runs' : 'run'
    } the version, and what is deployed there is healthy`;
    return ended(change, 'healthy', `is over: ${what}`, what);
  }
  return overdue(
    change,
    now,
    waiting.length > 0
      ? `not synced: ${someOf(
          waiting.map(({ name, cluster }) => `${name} on ${cluster}`),
        )}`
      : `not healthy: ${someOf(notHealthy)}`,
  );
}

/**
 * A claim asks for the version once Argo CD has brought it to the hub; that the cluster runs it, its control plane says, else
 * the claim's status, else Argo CD. Where none of them does, a claim that asks for it and is ready is believed.
 */
function standingOf(
  name: string,
  wanted: string,
  change: ChangeRecord,
  fleet: FleetObservation,
  now: Date,
): Standing {
  const { provisioning, serverVersion } = fleet.cluster?.(name) ?? {};
  if (!provisioning) return unseenClaim(serverVersion, wanted);
  const { state, message = state, version, since } = provisioning;
  const asks =
    version === undefined
      ? plannedApplications(change, fleet).waiting.length === 0
      : hasReached(version, wanted);
  if (!asks)
    return {
      is: 'behind',
      because: `its claim on the hub asks for ${version ?? 'another version'}`,
    };
  if (state === 'failed') {
    const from = Math.max(since?.getTime() ?? 0, mergedAt(change).getTime());
    return now.getTime() - from > FAILED_FOR_MS
      ? { is: 'failed', because: message }
      : { is: 'under-way', because: message };
  }
  if (state !== 'ready') return { is: 'under-way', because: message };
  const old = oldPart(provisioning, serverVersion, wanted);
  return old ? { is: 'under-way', because: old } : { is: 'upgraded' };
}

/** What does not run the version yet. */
function oldPart(
  { parts = [], running }: NonNullable<ObservedCluster['provisioning']>,
  serverVersion: string | undefined,
  wanted: string,
): string | undefined {
  for (const { kind, name, version, desired, upToDate } of parts) {
    if (version !== undefined && !hasReached(version, wanted))
      return `${kind} ${name} has ${version}`;
    if (desired !== undefined && upToDate !== undefined && upToDate < desired)
      return `${upToDate} of ${desired} machines of ${name} are up to date`;
  }
  if (parts.some(({ role }) => role === 'control-plane')) return undefined;
  if (running !== undefined)
    return hasReached(running, wanted) ? undefined : `it runs ${running}`;
  return serverVersion === undefined || hasReached(serverVersion, wanted)
    ? undefined
    : `Argo CD says that it runs ${serverVersion}; if that is out of date, invalidate the cluster's cache in Argo CD`;
}

/** Claims that are not watched here, or were taken away. */
function unseenClaim(
  serverVersion: string | undefined,
  wanted: string,
): Standing {
  if (serverVersion !== undefined)
    return hasReached(serverVersion, wanted)
      ? { is: 'upgraded' }
      : { is: 'behind', because: `Argo CD says that it runs ${serverVersion}` };
  return { is: 'unseen', because: 'no hub has its claim' };
}
