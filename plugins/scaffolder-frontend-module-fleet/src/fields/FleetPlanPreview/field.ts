import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { FleetPlanPreview } from './FleetPlanPreview';
import { fleetPlanPreviewSchema } from './schema';

/** The form field `FleetPlanPreview`. */
export const fleetPlanPreview = createFormField({
  name: 'FleetPlanPreview',
  component: FleetPlanPreview,
  schema: fleetPlanPreviewSchema,
});
