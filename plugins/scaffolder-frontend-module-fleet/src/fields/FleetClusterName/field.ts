import { fleetApiRef } from '@backstage-fleet/plugin-fleet';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { clusterNameProblem } from './clusterName';
import { FleetClusterName } from './FleetClusterName';
import { fleetClusterNameSchema } from './schema';

/** The form field `FleetClusterName`. */
export const fleetClusterName = createFormField({
  name: 'FleetClusterName',
  component: FleetClusterName,
  schema: fleetClusterNameSchema,
  validation: async (value, field, context) => {
    const list = await context.apiHolder
      .get(fleetApiRef)
      ?.getClusters()
      // The backend compares the names again; a form is not held up because the list cannot be read now.
      .catch(() => undefined);
    const problem = clusterNameProblem(
      value,
      list?.items.map(cluster => cluster.name),
    );
    if (problem) {
      field.addError(problem);
    }
  },
});
