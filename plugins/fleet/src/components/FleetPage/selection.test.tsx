import { Plan } from '@backstage-fleet/plugin-fleet-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { withLayout } from '../../testing/fleet';
import { cell, matrixAnswer, openFleetPage } from './__testUtils__/fleetPage';

let restoreLayout = () => {};
beforeEach(() => {
  restoreLayout = withLayout();
});
afterEach(() => restoreLayout());

const plan: Plan = {
  evaluable: true,
  unchanged: false,
  summary: 'creates 1, changes 0, deletes 0',
  creates: 1,
  changes: 0,
  deletes: 0,
  applications: [],
  edits: [],
  guards: [],
};
const given = {
  getMatrix: async () =>
    matrixAnswer([
      [0, 1, 'healthy', '1.4.3'],
      [1, 2, 'healthy', '4.0.3'],
    ]),
  getRepositories: async () => ({ items: [] }),
  createPlan: async () => plan,
};
const selected = () =>
  screen
    .getAllByRole('gridcell', { selected: true })
    .map(each => each.getAttribute('aria-label')!.replace(/:.*/, ''));
const bar = () => screen.findByRole('region', { name: 'Selected cells' });

// Finding things by role in a dialog of many fields takes its time on a busy machine.
jest.setTimeout(30_000);

describe('selecting cells', () => {
  it('takes cells with Space, and more with Shift and the arrow keys', async () => {
    const user = userEvent.setup();
    const api = openFleetPage(given);
    const first = await cell(/^payments on spoke-ap-prod/);
    act(() => first.focus());
    await user.click(first);
    await user.keyboard('{Escape} ');
    expect(selected()).toEqual(['payments on spoke-ap-prod']);
    await user.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
    expect(selected()).toEqual([
      'payments on spoke-ap-prod',
      'payments on spoke-eu-dev',
      'payments on spoke-eu-prod',
    ]);
    const region = await bar();
    expect(region).toHaveTextContent(
      'payments on 3 clusters ap: prod; eu: dev, prod',
    );

    await user.click(within(region).getByRole('button', { name: 'Enable…' }));
    await screen.findByRole('dialog', {
      name: 'Enable payments on 2 clusters',
    });
    await screen.findByText('Creates 1, changes 0, deletes 0');
    expect(api.createPlan).toHaveBeenCalledWith({
      kind: 'service.enable',
      parameters: {
        service: 'payments',
        clusters: ['spoke-ap-prod', 'spoke-eu-prod'],
      },
    });
  });

  it('takes cells with the pointer, and disables where the service is', async () => {
    const user = userEvent.setup();
    const api = openFleetPage(given);
    const absent = await cell(/^payments on spoke-ap-prod/);
    await user.keyboard('{Control>}');
    await user.click(await cell(/^payments on spoke-eu-dev/));
    await user.click(absent);
    await user.click(absent);
    await user.keyboard('{/Control}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(selected()).toEqual(['payments on spoke-eu-dev']);

    const region = await bar();
    expect(
      within(region).queryByRole('button', { name: 'Enable…' }),
    ).not.toBeInTheDocument();
    await user.click(within(region).getByRole('button', { name: 'Disable…' }));
    await screen.findByRole('dialog', {
      name: 'Disable payments on spoke-eu-dev',
    });
    await waitFor(() =>
      expect(api.createPlan).toHaveBeenCalledWith({
        kind: 'service.disable',
        parameters: { service: 'payments', clusters: ['spoke-eu-dev'] },
      }),
    );
  });

  it('changes one service at a time, and forgets the selection on Escape', async () => {
    const user = userEvent.setup();
    openFleetPage(given);
    await user.keyboard('{Control>}');
    await user.click(await cell(/^payments on spoke-eu-dev/));
    await user.keyboard('{/Control}{Shift>}');
    await user.click(await cell(/^search on spoke-eu-prod/));
    await user.keyboard('{/Shift}');
    expect(selected()).toHaveLength(4);
    const region = await bar();
    expect(region).toHaveTextContent(
      '2 services on 2 clusters Select cells of one service to change it.',
    );
    expect(
      within(region).queryByRole('button', { name: /…$/ }),
    ).not.toBeInTheDocument();
    act(() => screen.getAllByRole('gridcell', { selected: true })[0].focus());
    // The first closes what the pointer opened.
    await user.keyboard('{Escape}{Escape}');
    expect(region).not.toBeInTheDocument();
  });
});
