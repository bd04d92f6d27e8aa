export { fleetVersionPicker } from './field';
