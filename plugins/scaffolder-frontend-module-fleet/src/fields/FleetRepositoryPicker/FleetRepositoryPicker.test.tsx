import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderField } from '../../__testUtils__/form';
import { FleetRepositoryPicker } from './FleetRepositoryPicker';
import { choiceOf } from './repositoryChoice';

it.each([
  ['https://github.com/acme/fleet', ['github.com', 'acme', 'fleet']],
  ['http://localhost:7101/acme/x.git', ['localhost:7101', 'acme', 'x']],
  ['https://gitlab.com/group/sub/fleet', undefined],
  ['git@github.com:acme/fleet.git', undefined],
])('takes %s apart', (url, parts) => {
  const choice = choiceOf({ id: 'fleet', url });
  expect(choice && [choice.host, choice.owner, choice.name]).toEqual(parts);
});

const repositoryOf = (name: string) => ({
  id: name,
  url: `http://localhost:7101/acme/${name}`,
  branch: 'main',
  hubs: ['hub'],
});

it('begins with the first repository and takes another', async () => {
  const { onChange } = renderField(FleetRepositoryPicker, {
    schema: { title: 'GitOps repository' },
    fleet: {
      getRepositories: async () => ({
        items: [repositoryOf('fleet'), repositoryOf('warehouse')],
      }),
    },
  });
  const first = await screen.findByRole('radio', { name: /acme\/fleet/ });
  await waitFor(() => expect(first).toBeChecked());
  await userEvent.click(screen.getByRole('radio', { name: /warehouse/ }));
  expect(onChange).toHaveBeenLastCalledWith({
    id: 'warehouse',
    url: 'http://localhost:7101/acme/warehouse',
    host: 'localhost:7101',
    owner: 'acme',
    name: 'warehouse',
  });
});

it('says what is wrong, and tries again', async () => {
  let answers = 0;
  renderField(FleetRepositoryPicker, {
    fleet: {
      getRepositories: async () => {
        answers += 1;
        if (answers === 1) throw new Error('You may not see repositories.');
        return { items: [] };
      },
    },
  });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Try again' }),
  );
  expect(
    await screen.findByText('No GitOps repository is configured.'),
  ).toBeInTheDocument();
});
