import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { FleetVersionPicker } from './FleetVersionPicker';
import { fleetVersionPickerSchema } from './schema';
import { versionProblem } from './versions';

/** The form field `FleetVersionPicker`. */
export const fleetVersionPicker = createFormField({
  name: 'FleetVersionPicker',
  component: FleetVersionPicker,
  schema: fleetVersionPickerSchema,
  validation: (value, field) => {
    const problem = versionProblem(value);
    if (problem) {
      field.addError(problem);
    }
  },
});
