import { discoveryApiRef, fetchApiRef } from '@backstage/frontend-plugin-api';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { loadBlueprints } from '../../api/blueprints';
import { FleetBlueprintPicker } from './FleetBlueprintPicker';
import { choiceProblems } from './parameters';
import { fleetBlueprintPickerSchema } from './schema';

/** The form field `FleetBlueprintPicker`. */
export const fleetBlueprintPicker = createFormField({
  name: 'FleetBlueprintPicker',
  component: FleetBlueprintPicker,
  schema: fleetBlueprintPickerSchema,
  validation: async (value, field, { apiHolder }) => {
    const discoveryApi = apiHolder.get(discoveryApiRef);
    const fetchApi = apiHolder.get(fetchApiRef);
    const blueprints =
      discoveryApi && fetchApi
        ? // The backend checks again; a form is not held up because the blueprints cannot be read now.
          await loadBlueprints({ discoveryApi, fetchApi }).catch(
            () => undefined,
          )
        : undefined;
    choiceProblems(value, blueprints).forEach(problem =>
      field.addError(problem),
    );
  },
});
