/**
 * The fleet's clusters as entities of the Backstage catalog.
 *
 * @packageDocumentation
 */
export { catalogModuleFleet as default } from './module';
