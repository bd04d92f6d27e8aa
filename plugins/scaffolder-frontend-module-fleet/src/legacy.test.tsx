import { fleetApiRef } from '@backstage-fleet/plugin-fleet';
import {
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import { TestApiProvider, renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import {
  FleetClusterNameFieldExtension,
  FleetPlanPreviewFieldExtension,
} from './legacy';

/** Draws the fields that a scaffolder page finds among its children, and gives them to the test. */
function FieldsOf(props: {
  children: React.ReactNode;
  onFields: (fields: any[]) => void;
}) {
  const fields = useCustomFieldExtensions<any>(props.children);
  props.onFields(fields);
  return (
    <>
      {fields.map(({ name, component: Field }) => (
        <Field key={name} schema={{}} onChange={() => {}} rawErrors={[]} />
      ))}
    </>
  );
}

it('gives a legacy scaffolder page fields that load and check themselves', async () => {
  let fields: any[] = [];
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [fleetApiRef, { getClusters: async () => ({ items: [] }) } as any],
      ]}
    >
      <FieldsOf onFields={found => (fields = found)}>
        <ScaffolderFieldExtensions>
          <FleetClusterNameFieldExtension />
          <FleetPlanPreviewFieldExtension />
        </ScaffolderFieldExtensions>
      </FieldsOf>
    </TestApiProvider>,
  );
  expect(fields.map(({ name }) => name)).toEqual([
    'FleetClusterName',
    'FleetPlanPreview',
  ]);
  expect(
    await screen.findByRole('textbox', { name: /Name of the cluster/ }),
  ).toBeInTheDocument();
  expect(
    await screen.findByRole('region', { name: 'Plan' }),
  ).toBeInTheDocument();
  const addError = jest.fn();
  await fields[0].validation(
    'Not a name',
    { addError },
    { apiHolder: { get: () => undefined } },
  );
  expect(addError).toHaveBeenCalledWith(
    expect.stringContaining('cannot be a cluster’s name'),
  );
});
