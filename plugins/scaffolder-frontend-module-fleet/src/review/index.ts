export { createFleetReviewModule } from './createFleetReviewModule';
export type { ScaffolderPlugin } from './createFleetReviewModule';
export { FleetReviewStep } from './LazyFleetReviewStep';
export type { WizardRoutes } from './FleetTemplateWizard';
