export { fleetRepositoryPicker } from './field';
