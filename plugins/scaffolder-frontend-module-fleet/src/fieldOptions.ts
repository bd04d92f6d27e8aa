import { FieldExtensionOptions } from '@backstage/plugin-scaffolder-react';
import { FormField } from '@backstage/plugin-scaffolder-react/alpha';

/** The options of a form field, which `createFormField` puts into the opaque type as they are. */
export function fieldOptions(
  field: FormField,
): FieldExtensionOptions<any, any> {
  return field as unknown as FieldExtensionOptions<any, any>;
}
