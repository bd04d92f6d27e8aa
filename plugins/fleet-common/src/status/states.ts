import type { DeploymentState, Health, Sync } from '../schema/openapi';

/**
 * Every state of a deployment, the worst first. The matrix answer indexes this list.
 *
 * @public
 */
export const DEPLOYMENT_STATES: readonly DeploymentState[] = [
  'degraded',
  'missing',
  'unknown',
  'suspended',
  'progressing',
  'out-of-sync',
  'healthy',
];

/**
 * Every health that Argo CD reports, in the order of the API's enum.
 *
 * @public
 */
export const HEALTHS: readonly Health[] = [
  'Healthy',
  'Progressing',
  'Degraded',
  'Suspended',
  'Missing',
  'Unknown',
];

/**
 * Every sync status that Argo CD reports, in the order of the API's enum.
 *
 * @public
 */
export const SYNCS: readonly Sync[] = ['Synced', 'OutOfSync', 'Unknown'];

/**
 * Sorts states, the worst first.
 *
 * @public
 */
export function compareStates(a: DeploymentState, b: DeploymentState): number {
  return DEPLOYMENT_STATES.indexOf(a) - DEPLOYMENT_STATES.indexOf(b);
}

/**
 * The worst of some states; `undefined` where there is none.
 *
 * @public
 */
export function worstState(
  states: Iterable<DeploymentState>,
): DeploymentState | undefined {
  let worst: DeploymentState | undefined;
  for (const state of states) {
    if (worst === undefined || compareStates(state, worst) < 0) worst = state;
  }
  return worst;
}
