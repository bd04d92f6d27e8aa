import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

/**
 * The form fields `FleetServicePicker` and `FleetClusterPicker` for software templates.
 *
 * @public
 */
export default createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [
    FormFieldBlueprint.make({
      name: 'fleet-service-picker',
      params: {
        field: () =>
          import('./fields/FleetServicePicker').then(
            module => module.fleetServicePicker,
          ),
      },
    }),
    FormFieldBlueprint.make({
      name: 'fleet-cluster-picker',
      params: {
        field: () =>
          import('./fields/FleetClusterPicker').then(
            module => module.fleetClusterPicker,
          ),
      },
    }),
  ],
});
