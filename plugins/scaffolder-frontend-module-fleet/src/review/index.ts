export { createFleetReviewModule } from './createFleetReviewModule';
export type { ScaffolderPlugin } from './createFleetReviewModule';
export { FleetReviewStep } from './FleetReviewStep';
export type { ReviewButtonLabels } from './FleetReviewStep';
export type { WizardRoutes } from './FleetTemplateWizard';
