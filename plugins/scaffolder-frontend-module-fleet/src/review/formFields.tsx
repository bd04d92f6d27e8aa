import {
  FieldExtensionOptions,
  ScaffolderRJSFFieldProps,
} from '@backstage/plugin-scaffolder-react';
import {
  FormField,
  ScaffolderField,
  SecretWidget,
} from '@backstage/plugin-scaffolder-react/alpha';
import { fieldOptions } from '../fieldOptions';

/** The fields that a wizard can draw: those that are installed, and the scaffolder's `Secret`, which is no extension. */
export function fieldExtensionsOf(
  installed: FormField[],
): FieldExtensionOptions<any, any>[] {
  const fields = installed.map(fieldOptions);
  return fields.some(field => field.name === 'Secret')
    ? fields
    : [...fields, { name: 'Secret', component: SecretField }];
}

function SecretField(props: ScaffolderRJSFFieldProps) {
  return (
    <ScaffolderField
      rawErrors={props.rawErrors}
      rawDescription={
        props.uiSchema?.['ui:description'] ?? props.schema.description
      }
      disabled={props.disabled}
      required={props.required}
    >
      <SecretWidget
        name={props.name}
        schema={props.schema}
        required={props.required}
        disabled={props.disabled}
        onChange={props.onChange}
      />
    </ScaffolderField>
  );
}
