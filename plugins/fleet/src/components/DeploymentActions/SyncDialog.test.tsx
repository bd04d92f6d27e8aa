import {
  Deployment,
  DeploymentList,
  FLEET_REVISION_CHANNEL,
} from '@backstage-fleet/plugin-fleet-common';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FleetApi, fleetApiRef } from '../../api';
import {
  clusterOf,
  deploymentOf,
  fleetApiOf,
  hubOf,
  serviceOf,
} from '../../testing/fleet';
import { signals } from '../__testUtils__/signals';
import { DeploymentButtons } from './DeploymentButtons';
import { SyncDialog } from './SyncDialog';

const outOfSync = (name: string, more: Partial<Deployment> = {}) =>
  deploymentOf(name, {
    sync: 'OutOfSync',
    state: 'out-of-sync',
    synced: { text: '3.1.2' },
    desired: { text: '3.2.0' },
    differing: ['Deployment/ledger'],
    actions: ['sync', 'refresh'],
    ...more,
  });

function listOf(more: Partial<Deployment> = {}): DeploymentList {
  return {
    revision: 1,
    hubs: [hubOf('hub')],
    service: serviceOf('ledger'),
    items: [
      {
        cluster: clusterOf('eu', 'prod'),
        deployments: [outOfSync('ledger-eu-prod', more)],
      },
      {
        cluster: clusterOf('us', 'prod'),
        deployments: [outOfSync('ledger-us-prod', { actions: undefined })],
      },
      {
        cluster: clusterOf('ap', 'prod'),
        deployments: [outOfSync('ledger-ap-prod')],
      },
    ],
  };
}

function render(element: JSX.Element, given: Partial<FleetApi>) {
  const api = fleetApiOf(given);
  renderInTestApp(element, {
    apis: [
      [fleetApiRef, api],
      [permissionApiRef, mockApis.permission()],
      [signalApiRef, signals],
    ] as any,
  });
  return api;
}

const open = (given: Partial<FleetApi>) =>
  render(
    <SyncDialog
      service="ledger"
      clusters={['hub/spoke-eu-prod', 'hub/spoke-us-prod']}
      onClose={() => {}}
    />,
    given,
  );

const lines = async () =>
  within(await screen.findByRole('list', { name: 'What is synced' }))
    .getAllByRole('listitem')
    .map(line => line.textContent);

describe('SyncDialog', () => {
  it('says what a sync does, asks only for what is allowed, and shows how it goes on', async () => {
    let list = listOf();
    const requestedAt = new Date('2026-01-01T12:00:00Z');
    const api = open({
      getDeployments: async () => list,
      syncDeployment: async deployment => ({
        deployment,
        action: 'sync',
        requestedAt,
        message: 'Argo CD syncs `ledger-eu-prod` to `main`.',
        revision: 1,
      }),
    });
    await screen.findByRole('dialog', { name: 'Sync ledger on 2 clusters' });
    expect(await lines()).toEqual([
      'spoke-eu-prod3.1.2 → 3.2.01 of 14 resources differs: Deployment/ledger',
      'spoke-us-prod3.1.2 → 3.2.0Cannot be synced from here: its hub is read-only, or you have no right to.',
    ]);
    expect(
      screen.getByRole('checkbox', { name: /Delete what is no longer/ }),
    ).not.toBeChecked();
    await userEvent.click(screen.getByRole('button', { name: 'Sync' }));
    expect(api.syncDeployment.mock.calls).toEqual([
      ['hub/argocd/ledger-eu-prod', { prune: false }],
    ]);
    await screen.findByText(/Argo CD syncs/);
    // What was announced went with the button, which handed on the focus.
    expect(screen.getByText('Close').closest('button')).toHaveFocus();
    expect(screen.queryByRole('img', { hidden: true })).toBeNull();

    list = listOf({
      operation: { phase: 'Running', startedAt: '2026-01-01T12:00:01Z' },
    });
    signals.send(FLEET_REVISION_CHANNEL, { revision: 2 });
    await screen.findByText('Syncing');
    list = listOf({
      operation: { phase: 'Succeeded', finishedAt: '2026-01-01T12:00:02Z' },
    });
    signals.send(FLEET_REVISION_CHANNEL, { revision: 3 });
    await screen.findByText('Synced');
  });

  it('deletes what is no longer in Git only where somebody says so, and shows why the hub refused', async () => {
    const api = open({
      getDeployments: async () => listOf(),
      syncDeployment: async () => {
        throw new Error('A sync of `ledger-eu-prod` is under way.');
      },
    });
    await userEvent.click(
      await screen.findByRole('checkbox', { name: /Delete what is no longer/ }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Sync' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'A sync of ledger-eu-prod is under way.',
    );
    expect(api.syncDeployment).toHaveBeenCalledWith(
      'hub/argocd/ledger-eu-prod',
      { prune: true },
    );
  });
});

describe('DeploymentButtons', () => {
  it('has Argo CD compare with Git, and says what it answered', async () => {
    const api = render(
      <DeploymentButtons
        deployment={outOfSync('ledger-eu-prod')}
        onAsk={() => {}}
      />,
      {
        refreshDeployment: async deployment => ({
          deployment,
          action: 'refresh',
          requestedAt: new Date(),
          message: 'Argo CD compares `ledger-eu-prod` with Git.',
          revision: 1,
        }),
      },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Refresh' }),
    );
    expect(await screen.findByRole('status')).toHaveTextContent(
      'Argo CD compares ledger-eu-prod with Git.',
    );
    expect(api.refreshDeployment).toHaveBeenCalledWith(
      'hub/argocd/ledger-eu-prod',
    );
  });

  it('offers nothing of the hub where it is read-only', async () => {
    const asked = jest.fn();
    render(
      <DeploymentButtons
        deployment={outOfSync('ledger-eu-prod', { actions: undefined })}
        onAsk={asked}
      />,
      {},
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Roll back…' }),
    );
    expect(asked).toHaveBeenCalledWith('rollback');
    expect(screen.queryByRole('button', { name: 'Refresh' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Sync…' })).toBeNull();
  });
});
