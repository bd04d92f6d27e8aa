/**
 * Service reference and extension points of Backstage Fleet.
 *
 * @packageDocumentation
 */
export * from './fleetService';
export * from './gitHost';
export * from './hubSource';
