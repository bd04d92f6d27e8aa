import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { FleetServicePicker } from './FleetServicePicker';
import { fleetServicePickerSchema } from './schema';
import { serviceNameProblem } from './serviceName';

/** The form field `FleetServicePicker`. */
export const fleetServicePicker = createFormField({
  name: 'FleetServicePicker',
  component: FleetServicePicker,
  schema: fleetServicePickerSchema,
  validation: (value, field) => {
    const problem = serviceNameProblem(value);
    if (problem) {
      field.addError(problem);
    }
  },
});
