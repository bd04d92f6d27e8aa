export { fleetBlueprintPicker } from './field';
