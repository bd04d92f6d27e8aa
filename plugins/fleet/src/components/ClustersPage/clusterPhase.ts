import {
  ClaimState,
  Cluster,
  HubFreshness,
} from '@backstage-fleet/plugin-fleet-common';
import { CellState, ignoranceOf } from '../../matrix/cellView';

/**
 * Where a cluster stands: what its claim says, and for one without a claim only whether Argo CD knows and reaches it.
 */
export type ClusterPhase = ClaimState | 'registered' | 'unregistered';

/** All phases, the worst first. */
export const PHASES: ClusterPhase[] = [
  'failed',
  'unreachable',
  'degraded',
  'unknown',
  'unregistered',
  'paused',
  'deleting',
  'provisioning',
  'registered',
  'ready',
];

/** How each phase looks. */
export const PHASE_LOOKS: Record<ClusterPhase, CellState> = {
  failed: 'degraded',
  unreachable: 'unreachable',
  degraded: 'degraded',
  unknown: 'unknown',
  unregistered: 'unknown',
  paused: 'suspended',
  deleting: 'progressing',
  provisioning: 'progressing',
  registered: 'not-deployed',
  ready: 'healthy',
};

/** The phase of a cluster, its hub being heard. */
export function phaseOf(cluster: Cluster): ClusterPhase {
  const { claim, connection } = cluster;
  const registered = cluster.registered ?? true;
  // A ready claim says nothing about the way from Argo CD to the cluster.
  if (connection?.status === 'Failed' && (!claim || claim.state === 'ready')) {
    return 'unreachable';
  }
  if (claim) {
    return claim.state;
  }
  if (!registered) {
    return 'unregistered';
  }
  return connection?.status === 'Successful' ? 'ready' : 'registered';
}

/** What to show for a phase while the hub is not heard; `undefined` while it is. */
export function hubSilence(
  hub: HubFreshness | undefined,
): CellState | undefined {
  return hub === undefined || hub.status === 'live'
    ? undefined
    : ignoranceOf(hub.status, true);
}

/** Position of a cluster in the order of attention, 0 is the worst. */
export function urgencyOf(cluster: Cluster): number {
  return PHASES.indexOf(phaseOf(cluster));
}

/** Whether a file in Git declares it: `pet` where none does, `unknown` where nobody can say. */
export function declaredOf(cluster: Cluster): 'git' | 'pet' | 'unknown' {
  return cluster.declared ?? (cluster.file ? 'git' : 'unknown');
}
