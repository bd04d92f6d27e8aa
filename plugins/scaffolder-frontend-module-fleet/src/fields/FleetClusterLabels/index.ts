export { fleetClusterLabels } from './field';
