import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { FleetClusterLabels } from './FleetClusterLabels';
import { fleetClusterLabelsSchema } from './schema';

/** The form field `FleetClusterLabels`. */
export const fleetClusterLabels = createFormField({
  name: 'FleetClusterLabels',
  component: FleetClusterLabels,
  schema: fleetClusterLabelsSchema,
});
