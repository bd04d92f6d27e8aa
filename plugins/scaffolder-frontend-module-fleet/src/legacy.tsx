import { createPlugin } from '@backstage/core-plugin-api';
import {
  FieldExtensionComponent,
  FieldExtensionComponentProps,
  createScaffolderFieldExtension,
} from '@backstage/plugin-scaffolder-react';
import { Skeleton } from '@backstage/ui';
import { Suspense, lazy } from 'react';
import { FieldName, fieldLoaders } from './fieldLoaders';
import { fieldOptions } from './fieldOptions';

// Field extensions are provided by some plugin; the fleet's own brings the API that they need.
const fieldsPlugin = createPlugin({ id: 'scaffolder-fleet' });

/**
 * A form field for an app on the legacy frontend system, whose form draws it inside `<ScaffolderFieldExtensions>`.
 *
 * @public
 */
export const FleetServicePickerFieldExtension =
  fieldExtension('FleetServicePicker');
/** @public */
export const FleetVersionPickerFieldExtension =
  fieldExtension('FleetVersionPicker');
/** @public */
export const FleetClusterPickerFieldExtension =
  fieldExtension('FleetClusterPicker');
/** @public */
export const FleetClusterNameFieldExtension =
  fieldExtension('FleetClusterName');
/** @public */
export const FleetClusterLabelsFieldExtension =
  fieldExtension('FleetClusterLabels');
/** @public */
export const FleetBlueprintPickerFieldExtension = fieldExtension(
  'FleetBlueprintPicker',
);
/** @public */
export const FleetRepositoryPickerFieldExtension = fieldExtension(
  'FleetRepositoryPicker',
);
/** @public */
export const FleetPlanPreviewFieldExtension =
  fieldExtension('FleetPlanPreview');

function fieldExtension(
  name: FieldName,
): FieldExtensionComponent<unknown, unknown> {
  const load = async () => fieldOptions(await fieldLoaders[name]());
  const Field = lazy(async () => ({ default: (await load()).component }));
  return fieldsPlugin.provide(
    createScaffolderFieldExtension({
      name,
      component: (props: FieldExtensionComponentProps<any, any>) => (
        <Suspense fallback={<Skeleton width="100%" height={48} />}>
          <Field {...props} />
        </Suspense>
      ),
      validation: async (value, field, context) => {
        await (await load()).validation?.(value, field, context);
      },
    }),
  );
}
