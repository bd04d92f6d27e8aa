/**
 * Backend of Backstage Fleet.
 *
 * @packageDocumentation
 */
export { fleetPlugin as default } from './plugin';
