import {
  Change,
  DeploymentList,
  Plan,
} from '@backstage-fleet/plugin-fleet-common';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FleetApi, fleetApiRef } from '../../api';
import {
  clusterOf,
  deploymentOf,
  fleetApiOf,
  hubOf,
  serviceOf,
} from '../../testing/fleet';
import { FleetLinksProvider, useFleetLinks } from '../common';
import { ServiceView } from './ServiceView';

const row = (region: string, environment: string, version: string) => ({
  cluster: clusterOf(region, environment),
  deployments: [
    deploymentOf(`payments-${region}-${environment}`, {
      desired: { text: version },
      synced: { text: version },
      running: { text: version },
      syncedAt: new Date(Date.now() - 3 * 86_400_000),
    }),
  ],
});
const list: DeploymentList = {
  revision: 1,
  hubs: [hubOf('hub')],
  service: serviceOf('payments', { owner: 'group:default/team-pay' }),
  items: [
    row('eu', 'dev', '1.5.0-rc.1'),
    row('eu', 'staging', '1.4.3'),
    row('eu', 'prod', '1.4.1'),
    row('us', 'prod', '1.4.2'),
  ],
};
const plan: Plan = {
  evaluable: true,
  unchanged: false,
  summary: 'creates 0, changes 2, deletes 0',
  creates: 0,
  changes: 2,
  deletes: 0,
  applications: [],
  edits: [],
  guards: [],
};
const past: Change = {
  id: 'c7',
  title: 'Promote payments 1.4.2 to prod',
  intent: {
    kind: 'service.promote',
    parameters: { service: 'payments', version: '1.4.2' },
  },
  mode: 'pull-request',
  state: 'healthy',
  repository: 'gitops',
  requester: 'user:default/ada',
  plan: {
    ...plan,
    applications: [
      {
        action: 'change',
        name: 'payments-spoke-eu-prod',
        namespace: 'argocd',
        cluster: 'spoke-eu-prod',
        version: '1.4.2',
        fields: [{ path: 'version', before: '1.3.9', after: '1.4.2' }],
      },
    ],
  },
  createdAt: new Date(Date.now() - 5 * 86_400_000),
  updatedAt: new Date(),
  timeline: [],
};
const repository = (id: string, hubs: string[]) => ({
  id,
  url: `https://git.example.com/${id}`,
  branch: 'main',
  hubs,
});

function WithLinks() {
  const links = useFleetLinks();
  return (
    <FleetLinksProvider
      links={{ ...links, change: id => `/fleet/changes/${id}` }}
    >
      <ServiceView service="payments" />
    </FleetLinksProvider>
  );
}

function open(given: Partial<FleetApi> = {}) {
  const api = fleetApiOf({
    getDeployments: async () => list,
    getChanges: async () => ({ items: [past] }),
    getRepositories: async () => ({
      items: [repository('gitops', ['hub']), repository('other', ['hub-2'])],
    }),
    createPlan: async () => plan,
    ...given,
  });
  renderInTestApp(<WithLinks />, {
    apis: [
      [fleetApiRef, api],
      [permissionApiRef, mockApis.permission()],
    ] as any,
  });
  return api;
}

async function choose(user: ReturnType<typeof userEvent.setup>, item: string) {
  await user.click(await screen.findByRole('button', { name: 'More actions' }));
  await user.click(await screen.findByRole('menuitem', { name: item }));
}

// Finding things by role in a dialog of many fields takes its time on a busy machine.
jest.setTimeout(30_000);

describe('the way of a service to production', () => {
  it('says what each environment has, since when, and what waits', async () => {
    open();
    const lane = await screen.findByRole('list', { name: 'Way to production' });
    expect(
      within(lane)
        .getAllByRole('listitem')
        .map(stop => stop.textContent),
    ).toEqual([
      'devHealthy1.5.0-rc.1on 1 of 1 clusters for 3 d',
      'stagingHealthy1.4.3on 1 of 1 clusters for 3 d1.5.0-rc.1 waits in dev',
      'prodHealthy1.4.2 on 11.4.1 on 1on 2 of 2 clusters for 3 d1.4.3 waits in staging, 2 versions behind',
    ]);
    expect(screen.getByText('owned by team-pay')).toBeInTheDocument();
  });

  it('has the changes at its side, each with the way to its page', async () => {
    const api = open();
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
    const api = open();
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
    const api = open();
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

  it('rolls back to a version that only a past change tells of', async () => {
    const user = userEvent.setup();
    const api = open();
    await choose(user, 'Roll back…');
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

  it('brings a hotfix into production and back into the others', async () => {
    const user = userEvent.setup();
    const api = open();
    await choose(user, 'Hotfix…');
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

  it('takes the service off the fleet, and asks for the repository where several serve its hub', async () => {
    const user = userEvent.setup();
    const api = open({
      getRepositories: async () => ({
        items: [repository('gitops', ['hub']), repository('other', [])],
      }),
    });
    await choose(user, 'Offboard…');
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
    const api = open({
      getDeployments: async () => ({
        ...list,
        items: [
          ...list.items,
          { cluster: clusterOf('us', 'staging'), deployments: [] },
        ],
      }),
    });
    await choose(user, 'Deploy to clusters…');
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

    await choose(user, 'Disable on clusters…');
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
    const api = open({
      getDeployments: async () => ({
        ...list,
        items: list.items.map(item => ({ ...item, deployments: [] })),
      }),
    });
    await choose(user, 'Deploy to clusters…');
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
