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
      getServiceVersions: async () => ({
        items: [
          { text: '2.16.0', tag: { name: 'v2.16.0' } },
          { text: '2.15.0', tag: { name: 'v2.15.0' } },
        ],
      }),
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
      'tag v2.15.0; runs on spoke-eu-a, spoke-eu-b and 1 more',
    );
    expect(
      screen.getAllByRole('option').map(({ textContent }) => textContent),
    ).toEqual([
      expect.stringMatching(/2\.16\.0.*tag v2\.16\.0$/),
      expect.anything(),
    ]);
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

  it.each([
    ['are not answered', () => new Promise(() => {}), []],
    [
      'fail',
      async () => {
        throw new Error('The backend is too old.');
      },
      [expect.stringContaining('Tags are not suggested.')],
    ],
    [
      'cannot be read',
      async () => ({ items: [], problem: 'payments names no repository.' }),
      ['Tags are not suggested. payments names no repository.'],
    ],
  ])(
    'suggests what runs where tags %s',
    async (_name, getServiceVersions, texts) => {
      open({ service: 'payments' }, { getServiceVersions });
      await userEvent.type(await screen.findByRole('combobox'), '2.1');
      const option = await screen.findByRole('option', { name: /2\.15\.0/ });
      expect(option).toHaveTextContent(/2\.15\.0\s*runs on spoke-eu-a/);
      await userEvent.keyboard('{Escape}');
      const said = screen.queryAllByText(/Tags are not suggested/);
      expect(said.map(({ textContent }) => textContent)).toEqual(texts);
    },
  );

  it('says that there are more tags than were read', async () => {
    open(
      { service: 'payments' },
      {
        getServiceVersions: async () => ({
          items: [],
          incomplete: 'There are more tags than the 1000 that were read.',
        }),
      },
    );
    expect(
      await screen.findByText(/more tags than the 1000/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Tags are not suggested/)).toBeNull();
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
