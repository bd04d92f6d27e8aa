export { fleetClusterName } from './field';
