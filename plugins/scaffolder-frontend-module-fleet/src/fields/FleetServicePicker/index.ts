export { fleetServicePicker } from './field';
