import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderField } from '../../__testUtils__/form';
import { FleetServicePicker } from './FleetServicePicker';

const services = { items: [{ name: 'loyalty' }, { name: 'payments' }] };

function open(getServices: () => Promise<unknown>, late = false) {
  return renderField(FleetServicePicker, {
    schema: { title: 'Service' },
    fleet: { getServices },
    late,
  }).onChange;
}

describe('FleetServicePicker', () => {
  it('takes the name of a new service as it is typed', async () => {
    const onChange = open(async () => ({ items: [] }), true);
    const box = await screen.findByRole('combobox');
    await userEvent.type(box, 'gift-cards ');
    expect(onChange).toHaveBeenLastCalledWith('gift-cards');
    await waitFor(() => expect(box).toHaveValue('gift-cards '));
  });

  it('suggests the services there are once one types, not before', async () => {
    const onChange = open(async () => services);
    const box = await screen.findByRole('combobox');
    await userEvent.click(box);
    expect(box).toHaveAttribute('aria-expanded', 'false');
    await userEvent.type(box, 'pay');
    await userEvent.click(
      await screen.findByRole('option', { name: 'payments' }),
    );
    await waitFor(() => expect(onChange).toHaveBeenLastCalledWith('payments'));
  });

  it.each([
    ['Escape', false],
    ['Escape', true],
    ['Tab', false],
    ['Tab', true],
  ])(
    'leaves the suggestions closed after %s when they arrive late (form answers late: %p)',
    async (key, late) => {
      let answer: (list: unknown) => void = () => {};
      open(
        () =>
          new Promise(resolve => {
            answer = resolve;
          }),
        late,
      );
      const box = await screen.findByRole('combobox');
      await userEvent.type(box, 'loyal');
      await waitFor(() => expect(box).toHaveAttribute('aria-expanded', 'true'));
      await userEvent.keyboard(`{${key}}`);
      await act(async () => answer(services));
      expect(box).toHaveAttribute('aria-expanded', 'false');
      expect(box).toHaveValue('loyal');
      expect(screen.getByRole('button', { name: 'Next' })).toBeVisible();
    },
  );

  it('stays closed after a choice that the form answers late', async () => {
    const onChange = open(async () => services, true);
    const box = await screen.findByRole('combobox');
    await userEvent.type(box, 'loyal');
    await userEvent.click(
      await screen.findByRole('option', { name: 'loyalty' }),
    );
    await waitFor(() => expect(onChange).toHaveBeenLastCalledWith('loyalty'));
    await waitFor(() => expect(box).toHaveAttribute('aria-expanded', 'false'));
    expect(box).toHaveValue('loyalty');
  });

  it('says at once what is wrong with a name, but not while a “-” may go on', async () => {
    open(async () => services);
    const box = await screen.findByRole('combobox');
    await userEvent.type(box, 'gift-');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    await userEvent.type(box, 'Cards');
    // Suggestions hide the rest of the page while they are open.
    await userEvent.keyboard('{Escape}');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      '“gift-Cards” cannot be a Kubernetes name',
    );
    expect(box).toHaveAccessibleDescription(/cannot be a Kubernetes name/);
    expect(box).toBeInvalid();
  });

  it('says that suggestions are missing, and tries again', async () => {
    const getServices = jest
      .fn()
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValue(services);
    open(getServices);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /A name can be typed nevertheless.*does not answer/,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() =>
      expect(screen.queryByRole('alert')).not.toBeInTheDocument(),
    );
    expect(getServices).toHaveBeenCalledTimes(2);
  });
});
