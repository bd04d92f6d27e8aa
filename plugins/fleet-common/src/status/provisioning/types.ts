/**
 * The state of a cluster's claim, whatever makes it, the worst first.
 *
 * - `failed`: what was asked for cannot be made as it is; somebody must act.
 * - `unreachable`: the provisioner cannot connect to the cluster.
 * - `degraded`: it was made, and something of it does not work.
 * - `unknown`: nothing was reported, or nothing that says it.
 * - `paused`: the provisioner is told to leave it alone.
 * - `deleting`, `provisioning`: on the way.
 * - `ready`.
 *
 * @public
 */
export type ProvisioningState =
  | 'failed'
  | 'unreachable'
  | 'degraded'
  | 'unknown'
  | 'paused'
  | 'deleting'
  | 'provisioning'
  | 'ready';

/** @public */
export const PROVISIONING_STATES: readonly ProvisioningState[] = [
  'failed',
  'unreachable',
  'degraded',
  'unknown',
  'paused',
  'deleting',
  'provisioning',
  'ready',
];

/**
 * What a claim says of itself, in the terms of the fleet.
 *
 * @public
 */
export interface ProvisioningStatus {
  state: ProvisioningState;
  /** The object's own word for it: a condition's reason, or a phase. */
  reason?: string;
  /** One sentence for people. */
  sentence: string;
  /** Parts that are there, of those that shall be; absent where the object does not count them. */
  progress?: {
    done: number;
    total: number;
    /** What is counted. */
    of: 'machines' | 'resources';
  };
  /** When it came into this state, ISO 8601 as the object has it. */
  since?: string;
}

/**
 * What the object alone does not say.
 *
 * @public
 */
export interface ProvisioningHistory {
  /** It was ready before: then an object that is not ready any more is `degraded` where it only says that it is being made. */
  wasReady?: boolean;
}
