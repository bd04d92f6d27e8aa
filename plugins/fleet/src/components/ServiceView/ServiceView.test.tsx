import { DeploymentList } from '@backstage-fleet/plugin-fleet-common';
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
import { FleetCard } from './FleetCard';
import { ServiceView } from './ServiceView';

const commit = {
  sha: '4be07d1c3f9a',
  url: 'https://git.example.com/commit/4be07d1',
};
const list: DeploymentList = {
  revision: 1,
  hubs: [
    hubOf('hub'),
    hubOf('hub-us', {
      status: 'unreachable',
      observedAt: new Date(Date.now() - 14 * 60_000),
    }),
  ],
  service: serviceOf('payments'),
  items: [
    {
      cluster: clusterOf('eu', 'prod'),
      deployments: [
        deploymentOf('payments-spoke-eu-prod', {
          state: 'out-of-sync',
          sync: 'OutOfSync',
          desired: { text: '1.4.3', commit },
          synced: { text: '1.4.2', commit },
          running: { text: '1.4.1' },
          healthSince: new Date(Date.now() - 23 * 60_000),
          argocdUrl: 'https://argocd.example.com/applications/payments',
        }),
      ],
    },
    { cluster: clusterOf('eu', 'dev'), deployments: [] },
    {
      cluster: clusterOf('us', 'prod', 'hub-us'),
      deployments: [
        deploymentOf('payments-spoke-us-prod', {
          desired: { text: '1.4.3' },
          synced: { text: '1.4.3' },
          running: { text: '1.4.3' },
        }),
      ],
    },
  ],
};

function render(element: JSX.Element, given: Partial<FleetApi>) {
  const api = fleetApiOf(given);
  renderInTestApp(element, {
    apis: [
      [fleetApiRef, api],
      [permissionApiRef, mockApis.permission()],
    ] as any,
  });
  return api;
}

describe('ServiceView', () => {
  it('has a line for each cluster, with the way from Git to what runs', async () => {
    render(<ServiceView service="payments" />, {
      getDeployments: async () => list,
    });
    const table = await screen.findByRole('table', { name: 'payments' });
    const lines = within(table)
      .getAllByRole('row')
      .slice(1)
      .map(row => row.textContent);
    expect(lines).toEqual([
      expect.stringMatching(/^spoke-eu-dev.*dev.*eu.*Not deployed.*Why\?/),
      expect.stringMatching(
        /^spoke-eu-prod.*prod.*eu.*1\.4\.3 → 1\.4\.2 → 1\.4\.1.*Healthy.*Out of sync.*23 min/,
      ),
      expect.stringMatching(
        /^spoke-us-prod.*1\.4\.3Unreachable.*last known Healthy, 14 min ago/,
      ),
    ]);
    // What the silent hub last said of sync is not repeated as if it were so.
    expect(lines[2]).not.toContain('Synced');
    expect(
      within(table).getByRole('link', { name: 'Argo CD, spoke-eu-prod' }),
    ).toHaveAttribute(
      'href',
      'https://argocd.example.com/applications/payments',
    );
    expect(
      within(table).getByRole('link', {
        name: 'Commit 4be07d1, spoke-eu-prod',
      }),
    ).toHaveAttribute('href', commit.url);
    expect(screen.getByText('on 2 of 3 clusters')).toBeInTheDocument();
  });

  it('syncs what waits in Git, wherever that is allowed', async () => {
    let synced = false;
    const waiting = (name: string, more = {}) =>
      deploymentOf(name, {
        id: `hub/argocd/${name}`,
        state: synced ? 'healthy' : 'out-of-sync',
        sync: synced ? 'Synced' : 'OutOfSync',
        actions: ['sync'],
        ...more,
      });
    const api = render(<ServiceView service="payments" />, {
      getDeployments: async () => ({
        ...list,
        items: [
          { cluster: clusterOf('eu', 'dev'), deployments: [waiting('dev')] },
          { cluster: clusterOf('eu', 'prod'), deployments: [waiting('prod')] },
          {
            cluster: clusterOf('eu', 'lab'),
            deployments: [waiting('lab', { actions: [] })],
          },
          {
            cluster: clusterOf('us', 'prod', 'hub-us'),
            deployments: [waiting('silent')],
          },
        ],
      }),
      syncDeployment: async () => {
        synced = true;
        return { message: 'Asked.' } as any;
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Sync…' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Sync' }));
    expect(api.syncDeployment.mock.calls.map(([id]) => id)).toEqual([
      'hub/argocd/dev',
      'hub/argocd/prod',
    ]);

    // What was asked for stays in the dialog when nothing waits any more, and the focus has somewhere to go.
    act(() => {
      window.dispatchEvent(new Event('focus'));
    });
    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: 'Sync…', hidden: true }),
      ).toBeNull(),
    );
    expect(within(dialog).getAllByRole('listitem')).toHaveLength(2);
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Promote…' })).toHaveFocus(),
    );
  });

  it('names a cluster that is its own hub by the hub', async () => {
    render(<ServiceView service="payments" />, {
      getDeployments: async () => ({
        ...list,
        hubs: [hubOf('hub', { title: 'Warehouse' })],
        items: [
          {
            cluster: {
              ...clusterOf('eu', 'prod'),
              name: 'in-cluster',
              kind: 'in-cluster',
            },
            deployments: [],
          },
        ],
      }),
    });
    expect(
      await screen.findByRole('button', { name: 'Why? Warehouse' }),
    ).toBeInTheDocument();
    expect(screen.queryByText('in-cluster')).toBeNull();
  });

  it('opens the plan of what would put it on a cluster', async () => {
    const intent = {
      kind: 'service.onboard' as const,
      parameters: { service: 'payments', clusters: ['spoke-eu-dev'] },
    };
    const api = render(<ServiceView service="payments" />, {
      getDeployments: async () => list,
      explain: async (service, cluster) => ({
        service,
        cluster,
        verdict: 'absent',
        reason: 'label-missing',
        sentence: 'It has no such label.',
        checks: [],
        intent,
      }),
      createPlan: async () => ({
        evaluable: true,
        unchanged: false,
        summary: 'creates 1, changes 0, deletes 0',
        creates: 1,
        changes: 0,
        deletes: 0,
        applications: [],
        edits: [],
        guards: [],
      }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Enable… spoke-eu-dev' }),
    );
    await screen.findByRole('dialog', {
      name: 'Enable payments on spoke-eu-dev',
    });
    await screen.findByText('Creates 1, changes 0, deletes 0');
    expect(api.explain).toHaveBeenCalledWith('payments', 'hub/spoke-eu-dev');
    expect(api.createPlan).toHaveBeenCalledWith(intent);
  });

  it('says what is wrong, and tries again', async () => {
    let fails = true;
    render(<ServiceView service="payment" />, {
      getDeployments: async () => {
        if (fails) {
          throw Object.assign(new Error('404'), {
            body: { error: { message: 'No service is named payment.' } },
          });
        }
        return list;
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'No service is named payment.',
    );
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('table');
  });
});

describe('FleetCard', () => {
  it('sums the service up', async () => {
    render(<FleetCard service="payments" />, {
      getDeployments: async () => ({ ...list, items: list.items.slice(0, 2) }),
    });
    expect(await screen.findByText('Out of sync')).toBeInTheDocument();
    expect(screen.getByText('on 1 of 2 clusters')).toBeInTheDocument();
    expect(screen.getByText('1.4.1 on 1')).toBeInTheDocument();
  });
});
