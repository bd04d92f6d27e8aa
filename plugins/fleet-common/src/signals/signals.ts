/** Signal channel on which the backend says that the fleet has a new revision. */
export const FLEET_REVISION_CHANNEL = 'fleet:revision';

/** Signal channel on which the backend says that a change moved on. */
export const FLEET_CHANGE_CHANNEL = 'fleet:change';

/**
 * Message on {@link FLEET_REVISION_CHANNEL}. It carries no data: signals are not authorized per resource.
 *
 * @public
 */
export type FleetRevisionSignal = { revision: number };

/**
 * Message on {@link FLEET_CHANGE_CHANNEL}.
 *
 * @public
 */
export type FleetChangeSignal = { id: string };
