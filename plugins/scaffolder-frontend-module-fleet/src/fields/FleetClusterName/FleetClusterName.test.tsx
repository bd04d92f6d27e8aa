import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { clusterOf, renderField } from '../../__testUtils__/form';
import { clusterNameProblem } from './clusterName';
import { FleetClusterName } from './FleetClusterName';

it.each(['spoke-eu', '0x', 'x'.repeat(63)])('takes %p', name => {
  expect(clusterNameProblem(name, ['taken'])).toBeUndefined();
});

it.each([
  [undefined, 'Name the cluster.'],
  ['Spoke', /lower case letters/],
  ['spoke-', /start and end/],
  ['a.b', /cannot be a cluster/],
  ['x'.repeat(64), /64 characters/],
  ['taken', 'There is a cluster taken already. Choose another name.'],
])('refuses %p', (name, problem) => {
  expect(clusterNameProblem(name, ['taken'])).toMatch(problem);
});

it('says while one types that a name is taken', async () => {
  const { onChange } = renderField(FleetClusterName, {
    schema: { title: 'Name' },
    fleet: {
      getClusters: async () => ({ items: [clusterOf('eu', 'dev')] }),
    },
  });
  const box = await screen.findByRole('textbox', { name: /Name/ });
  await userEvent.type(box, 'spoke-eu-dev');
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'There is a cluster spoke-eu-dev already.',
  );
  expect(box).toHaveAttribute('aria-invalid', 'true');
  await userEvent.type(box, '-2');
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  expect(onChange).toHaveBeenLastCalledWith('spoke-eu-dev-2');
});

it('takes a name where the others cannot be looked up, and says so', async () => {
  renderField(FleetClusterName, {
    fleet: {
      getClusters: async () => {
        throw new Error('You may not see clusters.');
      },
    },
  });
  await userEvent.type(await screen.findByRole('textbox'), 'spoke');
  expect(screen.getByRole('status')).toHaveTextContent(
    'The names that are taken cannot be looked up. You may not see clusters.',
  );
});
