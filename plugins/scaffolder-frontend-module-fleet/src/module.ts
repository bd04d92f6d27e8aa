import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

/**
 * The form fields of the fleet for software templates: `FleetServicePicker`, `FleetVersionPicker`, `FleetClusterPicker`,
 * `FleetClusterName`, `FleetClusterLabels`, `FleetBlueprintPicker` and `FleetPlanPreview`.
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
      name: 'fleet-version-picker',
      params: {
        field: () =>
          import('./fields/FleetVersionPicker').then(
            module => module.fleetVersionPicker,
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
    FormFieldBlueprint.make({
      name: 'fleet-cluster-name',
      params: {
        field: () =>
          import('./fields/FleetClusterName').then(
            module => module.fleetClusterName,
          ),
      },
    }),
    FormFieldBlueprint.make({
      name: 'fleet-cluster-labels',
      params: {
        field: () =>
          import('./fields/FleetClusterLabels').then(
            module => module.fleetClusterLabels,
          ),
      },
    }),
    FormFieldBlueprint.make({
      name: 'fleet-blueprint-picker',
      params: {
        field: () =>
          import('./fields/FleetBlueprintPicker').then(
            module => module.fleetBlueprintPicker,
          ),
      },
    }),
    FormFieldBlueprint.make({
      name: 'fleet-plan-preview',
      params: {
        field: () =>
          import('./fields/FleetPlanPreview').then(
            module => module.fleetPlanPreview,
          ),
      },
    }),
  ],
});
