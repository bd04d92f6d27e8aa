import { fleetApiRef } from '@backstage-fleet/plugin-fleet';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { clusterChoiceProblem } from './clusters';
import { FleetClusterPicker } from './FleetClusterPicker';
import { fleetClusterPickerSchema } from './schema';

/** The form field `FleetClusterPicker`. */
export const fleetClusterPicker = createFormField({
  name: 'FleetClusterPicker',
  component: FleetClusterPicker,
  schema: fleetClusterPickerSchema,
  validation: async (value, field, context) => {
    const list = await context.apiHolder
      .get(fleetApiRef)
      ?.getClusters()
      // The backend checks the names again; a form is not held up because the list cannot be read now.
      .catch(() => undefined);
    const problem = clusterChoiceProblem(
      value,
      list?.items.map(cluster => cluster.name),
    );
    if (problem) {
      field.addError(problem);
    }
  },
});
