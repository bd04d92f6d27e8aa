import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { clusterOf } from '../../testing/fleet';
import {
  chooseAction,
  list,
  openService,
  repository,
} from './__testUtils__/openService';

// Finding things by role in a dialog of many fields takes its time on a busy machine.
jest.setTimeout(30_000);

describe('a service on clusters', () => {
  it('takes the service off the fleet, and asks for the repository where several serve its hub', async () => {
    const user = userEvent.setup();
    const api = openService({
      getRepositories: async () => ({
        items: [repository('gitops', ['hub']), repository('other', [])],
      }),
    });
    await chooseAction(user, 'Offboard…');
    const dialog = await screen.findByRole('dialog', {
      name: 'Take payments off the fleet',
    });
    expect(
      await within(dialog).findByRole('button', { name: /Repository/ }),
    ).toHaveTextContent('gitops');
    await user.click(within(dialog).getByRole('checkbox'));
    await waitFor(() =>
      expect(api.createPlan).toHaveBeenLastCalledWith({
        kind: 'service.offboard',
        repository: 'gitops',
        parameters: { service: 'payments', deleteFiles: true },
      }),
    );
  });

  it('puts it on more clusters, and takes it off some', async () => {
    const user = userEvent.setup();
    const api = openService({
      getDeployments: async () => ({
        ...list,
        items: [
          ...list.items,
          { cluster: clusterOf('us', 'staging'), deployments: [] },
        ],
      }),
    });
    await chooseAction(user, 'Deploy to clusters…');
    const more = await screen.findByRole('dialog', {
      name: 'Deploy payments to clusters',
    });
    // Its files say already where its chart is.
    expect(
      within(more).queryByRole('textbox', { name: 'Namespace' }),
    ).toBeNull();
    await user.click(
      within(more).getByRole('checkbox', { name: /^spoke-us-staging/ }),
    );
    await waitFor(() =>
      expect(api.createPlan).toHaveBeenLastCalledWith({
        kind: 'service.onboard',
        repository: 'gitops',
        parameters: { service: 'payments', clusters: ['spoke-us-staging'] },
      }),
    );
    await user.click(within(more).getByRole('button', { name: 'Cancel' }));

    await chooseAction(user, 'Disable on clusters…');
    const less = await screen.findByRole('dialog', {
      name: 'Disable payments on clusters',
    });
    await user.click(
      within(less).getByRole('checkbox', { name: /^spoke-eu-dev/ }),
    );
    await waitFor(() =>
      expect(api.createPlan).toHaveBeenLastCalledWith({
        kind: 'service.disable',
        repository: 'gitops',
        parameters: { service: 'payments', clusters: ['spoke-eu-dev'] },
      }),
    );
  });

  it('asks of a service that is nowhere yet where its chart is', async () => {
    const user = userEvent.setup();
    const api = openService({
      getDeployments: async () => ({
        ...list,
        items: list.items.map(item => ({ ...item, deployments: [] })),
      }),
    });
    await chooseAction(user, 'Deploy to clusters…');
    const dialog = await screen.findByRole('dialog');
    await user.click(
      within(dialog).getByRole('checkbox', { name: /^spoke-eu-dev/ }),
    );
    await user.type(
      within(dialog).getByRole('textbox', { name: 'Directory of its chart' }),
      'charts/pay',
    );
    await waitFor(() =>
      expect(api.createPlan).toHaveBeenLastCalledWith({
        kind: 'service.onboard',
        repository: 'gitops',
        parameters: {
          service: 'payments',
          clusters: ['spoke-eu-dev'],
          path: 'charts/pay',
        },
      }),
    );
  });
});
