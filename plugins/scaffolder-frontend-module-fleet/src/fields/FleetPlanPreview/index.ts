export { fleetPlanPreview } from './field';
