import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  chooseAction,
  list,
  openService,
  plan,
  row,
} from './__testUtils__/openService';

// Finding things by role in a dialog of many fields takes its time on a busy machine.
jest.setTimeout(30_000);

describe('the way of a service to production', () => {
  it('says what each environment has, since when, and what waits', async () => {
    openService();
    const lane = await screen.findByRole('list', { name: 'Way to production' });
    expect(
      within(lane)
        .getAllByRole('listitem')
        .map(stop => stop.textContent),
    ).toEqual([
      'devHealthy1.5.0-rc.1on 1 of 1 cluster for 3 d',
      'stagingHealthy1.4.3on 1 of 1 cluster for 3 d1.5.0-rc.1 waits in dev',
      'prodHealthy1.4.2 on 11.4.1 on 1on 2 of 2 clusters for 3 d1.4.3 waits in staging, 2 versions behind',
    ]);
    expect(screen.getByText(/owned by/)).toHaveTextContent('owned by team-pay');
  });

  it('has the changes at its side, each with the way to its page', async () => {
    const api = openService();
    const history = await screen.findByRole('complementary', {
      name: 'Changes',
    });
    expect(
      await within(history).findByRole('link', {
        name: 'Promote payments 1.4.2 to prod',
      }),
    ).toHaveAttribute('href', '/fleet/changes/c7');
    expect(history).toHaveTextContent('Healthy · ada · 5 d ago');
    expect(api.getChanges).toHaveBeenCalledWith({
      service: 'payments',
      limit: 50,
    });
  });

  it('promotes what waits, at once or region by region in an order', async () => {
    const user = userEvent.setup();
    const api = openService();
    await user.click(await screen.findByRole('button', { name: 'Promote…' }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Promote payments',
    });
    await within(dialog).findByText('Creates 0, changes 2, deletes 0');
    const parameters = {
      service: 'payments',
      from: 'staging',
      version: '1.4.3',
      to: { environments: ['prod'] },
    };
    expect(api.createPlan).toHaveBeenLastCalledWith({
      kind: 'service.promote',
      repository: 'gitops',
      parameters,
    });
    await user.click(
      within(dialog).getByRole('radio', { name: 'Region by region' }),
    );
    await user.click(
      within(dialog).getByRole('button', { name: 'Move us up' }),
    );
    // It is the first now and cannot go up further.
    expect(
      within(dialog).getByRole('button', { name: 'Move us down' }),
    ).toHaveFocus();
    expect(within(dialog).getByRole('status')).toHaveTextContent(
      'us is 1 of 2',
    );
    await waitFor(() =>
      expect(api.createPlan).toHaveBeenLastCalledWith({
        kind: 'service.promote',
        repository: 'gitops',
        parameters: {
          ...parameters,
          waves: { by: 'region', order: ['us', 'eu'] },
        },
      }),
    );
    // A merge reaches all clusters at once.
    await user.click(
      within(dialog).getByRole('button', { name: /How the version gets/ }),
    );
    await user.click(await screen.findByRole('option', { name: /^Merge/ }));
    expect(within(dialog).queryByRole('radio', { name: 'All at once' })).toBe(
      null,
    );
  });

  it('promotes in waves put together with the keyboard', async () => {
    const user = userEvent.setup();
    const api = openService();
    await user.click(await screen.findByRole('button', { name: 'Promote…' }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Promote payments',
    });
    act(() =>
      within(dialog).getByRole('radio', { name: 'All at once' }).focus(),
    );
    await user.keyboard('{ArrowUp}');
    expect(
      within(dialog).getByRole('radio', { name: 'In waves of your own' }),
    ).toBeChecked();
    expect(within(dialog).getByRole('status')).toHaveTextContent(
      'All are in one wave, so they change at once.',
    );
    await user.tab();
    const first = within(dialog).getByRole('button', {
      name: /Wave of spoke-eu-prod/,
    });
    expect(first).toHaveFocus();
    await user.keyboard('{ArrowDown}');
    await screen.findByRole('option', { name: 'Wave 2' });
    await user.keyboard('{ArrowDown}{Enter}');
    expect(first).toHaveTextContent('Wave 2');
    expect(first).toHaveFocus();
    await waitFor(() =>
      expect(api.createPlan).toHaveBeenLastCalledWith({
        kind: 'service.promote',
        repository: 'gitops',
        parameters: {
          service: 'payments',
          from: 'staging',
          version: '1.4.3',
          to: { environments: ['prod'] },
          waves: {
            by: 'list',
            clusters: [['spoke-us-prod'], ['spoke-eu-prod']],
          },
        },
      }),
    );
  });

  it('offers no wave for clusters that another repository deploys to, though their hub is the same', async () => {
    const user = userEvent.setup();
    const mine = ['spoke-ap-prod', 'spoke-eu-prod'];
    const api = openService({
      getDeployments: async () => ({
        ...list,
        items: [...list.items, row('ap', 'prod', '1.4.2')],
      }),
      createPlan: async () => ({ ...plan, clusters: mine }),
    });
    await user.click(await screen.findByRole('button', { name: 'Promote…' }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Promote payments',
    });
    await user.click(
      within(dialog).getByRole('radio', { name: 'In waves of your own' }),
    );
    await within(dialog).findByText('Creates 0, changes 2, deletes 0');
    expect(
      within(dialog).getAllByRole('button', { name: /Wave of/ }),
    ).toHaveLength(2);
    expect(
      within(dialog).queryByRole('button', { name: /Wave of spoke-us-prod/ }),
    ).toBeNull();
    await user.click(
      within(dialog).getByRole('radio', { name: 'Region by region' }),
    );
    await waitFor(() =>
      expect(api.createPlan.mock.lastCall![0].parameters.waves).toEqual({
        by: 'region',
        order: ['ap', 'eu'],
      }),
    );
  });

  it('rolls back to a version that only a past change tells of', async () => {
    const user = userEvent.setup();
    const api = openService();
    await chooseAction(user, 'Roll back…');
    const dialog = await screen.findByRole('dialog', {
      name: 'Roll payments back',
    });
    expect(
      within(dialog).getByText(/The plan appears here/),
    ).toBeInTheDocument();
    await user.click(within(dialog).getByRole('combobox', { name: /Version/ }));
    await user.click(await screen.findByRole('option', { name: '1.3.9' }));
    await waitFor(() =>
      expect(api.createPlan).toHaveBeenLastCalledWith({
        kind: 'service.rollback',
        repository: 'gitops',
        parameters: {
          service: 'payments',
          version: '1.3.9',
          on: { environments: ['prod'] },
        },
      }),
    );
  });

  it('rolls back to a version that only a tag of its source names', async () => {
    const user = userEvent.setup();
    const api = openService({
      getServiceVersions: async () => ({
        items: [{ text: '1.2.0', tag: { name: 'v1.2.0' } }],
      }),
    });
    await chooseAction(user, 'Roll back…');
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('combobox', { name: /Version/ }));
    await user.click(await screen.findByRole('option', { name: '1.2.0' }));
    await waitFor(() =>
      expect(api.createPlan.mock.lastCall?.[0].parameters.version).toBe(
        '1.2.0',
      ),
    );
  });

  it('brings a hotfix into production and back into the others', async () => {
    const user = userEvent.setup();
    const api = openService();
    await chooseAction(user, 'Hotfix…');
    const dialog = await screen.findByRole('dialog', {
      name: 'Hotfix payments',
    });
    await user.type(
      within(dialog).getByRole('combobox', { name: /Version/ }),
      '1.4.4',
    );
    await waitFor(() =>
      expect(api.createPlan).toHaveBeenLastCalledWith({
        kind: 'service.hotfix',
        repository: 'gitops',
        parameters: {
          service: 'payments',
          version: '1.4.4',
          environment: 'prod',
          forwardTo: ['dev', 'staging'],
        },
      }),
    );
  });
});
