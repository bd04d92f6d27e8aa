export { fleetClusterPicker } from './field';
