import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deploymentOf, hubOf, withLayout } from '../../testing/fleet';
import {
  cell,
  clusters,
  matrixAnswer,
  openFleetPage,
  services,
} from './__testUtils__/fleetPage';

let restoreLayout = () => {};
beforeEach(() => {
  restoreLayout = withLayout();
});
afterEach(() => restoreLayout());

describe('moving about the fleet page', () => {
  it('moves with the arrow keys, opens with Enter and closes with Escape', async () => {
    const user = userEvent.setup();
    openFleetPage({
      getMatrix: async () => matrixAnswer([[0, 2, 'degraded', '1.4.2']]),
      getDeployments: async () => ({
        revision: 1,
        hubs: [hubOf('hub-eu')],
        service: services[0],
        items: [
          {
            cluster: clusters[2],
            deployments: [
              deploymentOf('payments-spoke-eu-prod', {
                state: 'degraded',
                health: 'Degraded',
                healthMessage: 'exceeded its progress deadline',
                desired: { text: '1.4.3' },
                synced: { text: '1.4.3' },
                running: { text: '1.4.2' },
                differing: ['Deployment/payments'],
                argocdUrl: 'https://argocd.example.com/applications/payments',
              }),
            ],
          },
        ],
      }),
    });
    const grid = await screen.findByRole('grid');
    expect(grid).toHaveAttribute('aria-rowcount', '6');
    expect(grid).toHaveAttribute('aria-colcount', '4');
    const group = within(grid).getByRole('rowheader', { name: /^pay yours/ });
    act(() => group.focus());
    await user.keyboard('{ArrowDown}{End}');
    const target = await cell(/^payments on spoke-eu-prod/);
    expect(target).toHaveFocus();
    expect(
      within(grid)
        .getAllByRole('gridcell')
        .filter(each => each.tabIndex === 0),
    ).toEqual([target]);

    await user.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', {
      name: 'payments on spoke-eu-prod',
    });
    await waitFor(() => expect(dialog).toHaveTextContent('Degraded'));
    expect(dialog).toHaveTextContent(
      /Desired1\.4\.3.*Synced1\.4\.3.*Running1\.4\.2/,
    );
    expect(dialog).toHaveTextContent('1 of 14 resources differs');
    expect(dialog).toHaveTextContent('exceeded its progress deadline');
    expect(
      within(dialog).getByRole('link', { name: 'Argo CD' }),
    ).toHaveAttribute(
      'href',
      'https://argocd.example.com/applications/payments',
    );
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(target).toHaveFocus();
  });

  it('folds a group to its roll-up', async () => {
    openFleetPage({
      getMatrix: async () => matrixAnswer([[0, 2, 'out-of-sync', '1.4.2']]),
    });
    await userEvent.click(
      await screen.findByRole('rowheader', { name: /^pay yours/ }),
    );
    expect(await cell(/^pay, spoke-eu-prod/)).toHaveAccessibleName(
      'pay, spoke-eu-prod: Out of sync, 1 of 1',
    );
    expect(
      screen.queryByRole('gridcell', { name: /^payments on/ }),
    ).not.toBeInTheDocument();
  });

  it('narrows to a search and to what is mine', async () => {
    openFleetPage({ getMatrix: async () => matrixAnswer([]) });
    const user = userEvent.setup();
    await screen.findByRole('grid');
    await user.keyboard('/');
    await user.keyboard('sea');
    await waitFor(() =>
      expect(
        screen.queryByRole('rowheader', { name: /^payments/ }),
      ).not.toBeInTheDocument(),
    );
    await user.clear(screen.getByRole('searchbox'));
    await user.click(await screen.findByRole('button', { name: 'Mine 1' }));
    await waitFor(() =>
      expect(
        screen.queryByRole('rowheader', { name: /^search/ }),
      ).not.toBeInTheDocument(),
    );
    expect(
      screen.getByRole('rowheader', { name: /^payments/ }),
    ).toBeInTheDocument();
  });
});
