export { fleetActions } from './fleetActions';
