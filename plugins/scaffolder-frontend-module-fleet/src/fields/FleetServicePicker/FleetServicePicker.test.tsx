import { fleetApiRef } from '@backstage-fleet/plugin-fleet';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { FleetServicePicker } from './FleetServicePicker';

function open(getServices: () => Promise<unknown>) {
  const onChange = jest.fn();
  function Form() {
    const [value, setValue] = useState<string | undefined>();
    const props = {
      formData: value,
      onChange: (next: string | undefined) => {
        onChange(next);
        setValue(next);
      },
      schema: { title: 'Service' },
      uiSchema: {},
      required: true,
      idSchema: { $id: 'service' },
    };
    return <FleetServicePicker {...(props as any)} />;
  }
  renderInTestApp(<Form />, { apis: [[fleetApiRef, { getServices }]] as any });
  return onChange;
}

describe('FleetServicePicker', () => {
  it('takes the name of a new service as it is typed', async () => {
    const onChange = open(async () => ({ items: [] }));
    await userEvent.type(await screen.findByRole('combobox'), 'loyalty');
    expect(onChange).toHaveBeenLastCalledWith('loyalty');
  });

  it('suggests the services there are', async () => {
    const onChange = open(async () => ({
      items: [{ name: 'payments' }, { name: 'search' }],
    }));
    await userEvent.type(await screen.findByRole('combobox'), 'pay');
    await userEvent.click(
      await screen.findByRole('option', { name: 'payments' }),
    );
    await waitFor(() => expect(onChange).toHaveBeenLastCalledWith('payments'));
  });

  it('says that suggestions are missing', async () => {
    open(async () => {
      throw new TypeError('Failed to fetch');
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /does not answer.*A name can be typed nevertheless/,
    );
  });
});
