import { fleetApiRef } from '@backstage-fleet/plugin-fleet';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { FleetBlueprintPicker } from './FleetBlueprintPicker';
import { choiceProblems } from './parameters';
import { fleetBlueprintPickerSchema } from './schema';

/** The form field `FleetBlueprintPicker`. */
export const fleetBlueprintPicker = createFormField({
  name: 'FleetBlueprintPicker',
  component: FleetBlueprintPicker,
  schema: fleetBlueprintPickerSchema,
  validation: async (value, field, { apiHolder }) => {
    // The backend checks again; a form is not held up because the blueprints cannot be read now.
    const blueprints = await apiHolder
      .get(fleetApiRef)
      ?.getBlueprints()
      .catch(() => undefined);
    choiceProblems(value, blueprints).forEach(problem =>
      field.addError(problem),
    );
  },
});
