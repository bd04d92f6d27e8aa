export { fleetPlanPreview } from './field';
export type { IntentMapping } from './intentOf';
export { PlanPanel } from './PlanPanel';
export type { PlanVerdict } from './verdict';
