import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { FleetRepositoryPicker } from './FleetRepositoryPicker';
import { fleetRepositoryPickerSchema } from './schema';

/** The form field `FleetRepositoryPicker`. */
export const fleetRepositoryPicker = createFormField({
  name: 'FleetRepositoryPicker',
  component: FleetRepositoryPicker,
  schema: fleetRepositoryPickerSchema,
  validation: async (value, field) => {
    if (!value?.id) field.addError('Choose a GitOps repository.');
  },
});
