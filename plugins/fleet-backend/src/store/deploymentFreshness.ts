import type {
  Condition,
  HubFreshness,
  HubStatus,
} from '@backstage-fleet/plugin-fleet-common';
import type { ClusterConnection } from './records';
import { parseTime } from './time';

/** Everything that tells whether an Application's state is how it is now. */
export interface FreshnessQuestion {
  hub: HubFreshness;
  /** What Argo CD's API says of the connection to the cluster, where it was asked. */
  connection?: ClusterConnection;
  /** When Argo CD last compared the Application. */
  reconciledAt?: string;
  conditions: Condition[];
  /** Sync is Unknown: the state says itself that nothing is known. */
  syncUnknown: boolean;
  /** Milliseconds after which a comparison is overdue, and how often one usually comes. */
  pace: { late: number; usual: number };
  now: number;
}

/** See `DeploymentFreshness` in the API's description. */
export interface Freshness {
  status: HubStatus;
  observedAt?: Date;
  message?: string;
}

/**
 * Whether a deployment is shown as it is now, or as it was when somebody last looked.
 *
 * @remarks
 * A cluster that went away leaves its Applications Synced and Healthy, and even the time of the last comparison goes on,
 * because Argo CD compares with what it remembers. After a restart of the controller comparisons that fail are ignored
 * for a while, and nothing is written at all. So none of these signs is enough alone; the first that says that something
 * is wrong counts:
 *
 * 1. we have no connection to the hub;
 * 2. the hub's Argo CD has none to the cluster;
 * 3. a condition says that the comparison fails, while sync still shows the one before;
 * 4. the last comparison is longer ago than usual.
 *
 * @returns the status of the hub, or `unreachable` for the cluster, or `stale`
 */
export function deploymentFreshness(question: FreshnessQuestion): Freshness {
  const { hub, connection, conditions, pace, now } = question;
  const reconciledAt = parseTime(question.reconciledAt);
  if (hub.status !== 'live') {
    return {
      status: hub.status,
      observedAt: earlier(hub.observedAt, reconciledAt),
      message: hub.message ?? `${hub.title} is ${hub.status}.`,
    };
  }
  if (connection?.status === 'Failed') {
    return {
      status: 'unreachable',
      observedAt: reconciledAt,
      message: `Argo CD cannot connect to the cluster${
        connection.message ? `: ${connection.message}` : '.'
      }`,
    };
  }
  const failed = conditions.find(({ type }) =>
    /^(ComparisonError|UnknownError)$/.test(type),
  );
  if (failed && !question.syncUnknown) {
    return {
      status: 'stale',
      observedAt: reconciledAt,
      message: `Argo CD cannot compare it with Git${
        failed.message ? `: ${failed.message}` : '.'
      }`,
    };
  }
  if (reconciledAt && now - reconciledAt.getTime() > pace.late) {
    return {
      status: 'stale',
      observedAt: reconciledAt,
      message: `Argo CD last compared it ${ago(
        now - reconciledAt.getTime(),
      )}, and usually does so every ${duration(
        pace.usual,
      )}. Check that its application controller runs and reaches the cluster.`,
    };
  }
  return { status: 'live', observedAt: earlier(hub.observedAt, undefined) };
}

function earlier(
  hub: HubFreshness['observedAt'],
  reconciledAt: Date | undefined,
): Date | undefined {
  const observed = hub && new Date(hub);
  if (!observed || !reconciledAt) return observed;
  return observed < reconciledAt ? observed : reconciledAt;
}

function ago(milliseconds: number): string {
  return `${duration(milliseconds)} ago`;
}

function duration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return `${Math.max(1, Math.round(milliseconds / 1000))} s`;
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
