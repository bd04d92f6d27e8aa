import {
  FieldExtensionOptions,
  ScaffolderRJSFFieldProps,
} from '@backstage/plugin-scaffolder-react';
import {
  FormField,
  ScaffolderField,
  SecretWidget,
} from '@backstage/plugin-scaffolder-react/alpha';

/**
 * The fields that a wizard can draw, from those that are installed: `createFormField` puts a field extension's options
 * into the opaque type. The scaffolder's field `Secret` alone is not installed as an extension.
 */
export function fieldExtensionsOf(
  installed: FormField[],
): FieldExtensionOptions<any, any>[] {
  const fields = installed as unknown as FieldExtensionOptions<any, any>[];
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
