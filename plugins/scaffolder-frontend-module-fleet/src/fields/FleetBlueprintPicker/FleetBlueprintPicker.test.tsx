import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderField } from '../../__testUtils__/form';
import { FleetBlueprintPicker } from './FleetBlueprintPicker';

const blueprintOf = (id: string, title: string, properties: object) => ({
  id,
  repository: 'fleet-gitops',
  title,
  provisioner: 'kro',
  parameters: { type: 'object', required: ['zone'], properties },
});

const items = [
  blueprintOf('small', 'Small cluster', {
    zone: { title: 'Zone', type: 'string' },
    workers: { title: 'Workers', type: 'integer', default: 3 },
  }),
  blueprintOf('large', 'Large cluster', {
    zone: { title: 'Zone', type: 'string' },
    pools: {
      title: 'Pools',
      type: 'array',
      items: {
        type: 'object',
        properties: { name: { title: 'Pool name', type: 'string' } },
      },
    },
  }),
];

function open(getBlueprints: () => Promise<unknown>) {
  return renderField(FleetBlueprintPicker, {
    schema: { title: 'Blueprint' },
    fleet: { getBlueprints },
  }).onChange;
}

describe('FleetBlueprintPicker', () => {
  it('shows the form of the chosen blueprint and gives what is filled in', async () => {
    const onChange = open(async () => items);
    await userEvent.click(
      await screen.findByRole('radio', { name: 'Small cluster' }),
    );
    const form = await screen.findByRole('region', {
      name: 'Parameters of Small cluster',
    });
    expect(within(form).getByLabelText(/Workers/)).toHaveValue(3);
    expect(form.querySelector('form')).toBeNull();
    expect(within(form).queryByRole('button')).not.toBeInTheDocument();
    await userEvent.type(within(form).getByLabelText(/Zone/), 'eu');
    expect(onChange).toHaveBeenLastCalledWith({
      blueprint: 'small',
      repository: 'fleet-gitops',
      parameters: { workers: 3, zone: 'eu' },
    });
  });

  it('keeps what two blueprints have in common when one changes from one to the other', async () => {
    const onChange = open(async () => items);
    await userEvent.click(
      await screen.findByRole('radio', { name: 'Small cluster' }),
    );
    await userEvent.type(await screen.findByLabelText(/Zone/), 'eu');
    await userEvent.click(screen.getByRole('radio', { name: 'Large cluster' }));
    await waitFor(() =>
      expect(screen.queryByLabelText(/Workers/)).not.toBeInTheDocument(),
    );
    expect(screen.getByLabelText(/Zone/)).toHaveValue('eu');
    expect(onChange).toHaveBeenLastCalledWith(
      expect.objectContaining({
        blueprint: 'large',
        parameters: expect.objectContaining({ zone: 'eu' }),
      }),
    );
  });

  it('says where no repository declares one', async () => {
    open(async () => []);
    expect(
      await screen.findByText(/Add a file with kind: ClusterBlueprint/),
    ).toBeVisible();
  });

  it('says why the blueprints cannot be listed', async () => {
    open(async () => {
      throw new Error('You may not make clusters.');
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not make clusters.',
    );
  });
});
