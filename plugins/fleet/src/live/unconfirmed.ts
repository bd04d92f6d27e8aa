import { HubFreshness } from '@backstage-fleet/plugin-fleet-common';

/**
 * The hubs as they can be trusted while the portal's own backend is silent: what was live is stale since its last
 * answer.
 *
 * @param answeredAt - when the backend last answered, in milliseconds since 1970
 */
export function unconfirmed(
  hubs: HubFreshness[],
  answeredAt: number | undefined,
): HubFreshness[] {
  return hubs.map(hub =>
    hub.status === 'live'
      ? {
          ...hub,
          status: 'stale',
          observedAt:
            answeredAt === undefined ? hub.observedAt : new Date(answeredAt),
        }
      : hub,
  );
}
