import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { fieldLoaders } from './fieldLoaders';

/**
 * The form fields of the fleet for software templates: `FleetServicePicker`, `FleetVersionPicker`, `FleetClusterPicker`,
 * `FleetClusterName`, `FleetClusterLabels`, `FleetBlueprintPicker`, `FleetRepositoryPicker` and
 * `FleetPlanPreview`.
 *
 * @public
 */
export default createFrontendModule({
  pluginId: 'scaffolder',
  extensions: Object.entries(fieldLoaders).map(([name, field]) =>
    FormFieldBlueprint.make({ name: inKebabCase(name), params: { field } }),
  ),
});

/** `FleetServicePicker` as `fleet-service-picker`, the way extensions are called. */
function inKebabCase(name: string): string {
  return name.replace(/\B[A-Z]/g, '-$&').toLocaleLowerCase('en-US');
}
