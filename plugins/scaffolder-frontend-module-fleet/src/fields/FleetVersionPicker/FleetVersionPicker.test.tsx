import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { clusterOf, deploymentOf, renderField } from '../../__testUtils__/form';
import { FleetVersionPicker } from './FleetVersionPicker';

const rows = ['a', 'b', 'c'].map(environment => ({
  cluster: clusterOf('eu', environment),
  deployments: [deploymentOf('2.15.0')],
}));

function open(
  form: Record<string, unknown>,
  more: Record<string, unknown> = {},
) {
  return renderField(FleetVersionPicker, {
    schema: { title: 'Version' },
    form,
    fleet: {
      getDeployments: async () => ({ items: rows }),
      getChanges: async () => {
        throw new Error('No changes to be seen.');
      },
      ...more,
    },
  }).onChange;
}

describe('FleetVersionPicker', () => {
  it('suggests versions with where they run, also without changes', async () => {
    const onChange = open({ service: 'payments' });
    await userEvent.type(await screen.findByRole('combobox'), '2.1');
    const option = await screen.findByRole('option', { name: /2\.15\.0/ });
    expect(option).toHaveTextContent(
      'runs on spoke-eu-a, spoke-eu-b and 1 more',
    );
    await userEvent.click(option);
    await waitFor(() => expect(onChange).toHaveBeenLastCalledWith('2.15.0'));
  });

  it('takes any version and says at once where it is none', async () => {
    const onChange = open({ service: 'payments' });
    const box = await screen.findByRole('combobox');
    await userEvent.type(box, '3.0.0-rc.1');
    expect(onChange).toHaveBeenLastCalledWith('3.0.0-rc.1');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    await userEvent.type(box, '/');
    expect(await screen.findByText(/cannot be a version/)).toBeVisible();
  });

  it('asks for the service first', async () => {
    const getDeployments = jest.fn();
    open({}, { getDeployments });
    await screen.findByText(/Name the service first/);
    expect(getDeployments).not.toHaveBeenCalled();
  });

  it('says that suggestions are missing', async () => {
    open(
      { service: 'payments' },
      {
        getDeployments: async () => {
          throw new Error('You may not see payments.');
        },
      },
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The versions cannot be suggested. One can be typed nevertheless. You may not see payments.',
    );
  });
});
