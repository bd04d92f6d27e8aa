import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { fleetApiRef } from './api';
import { FleetPage, fleetPlugin } from './legacy';
import { changeOf, fleetApiOf, hubOf } from './testing/fleet';

describe('FleetPage on the previous frontend system', () => {
  it('has the same pages below the same tabs', async () => {
    const api = fleetApiOf({
      getHubs: async () => ({ revision: 1, items: [] }),
      getServices: async () => ({ revision: 1, hubs: [], items: [] }),
      getClusters: async () => ({
        revision: 1,
        hubs: [hubOf('hub')],
        items: [],
      }),
      findDeployments: async () => ({
        revision: 1,
        hubs: [],
        items: [],
        total: 0,
      }),
      getChanges: async () => ({ items: [changeOf('c-1')] }),
      getChange: async id => changeOf(id),
    });
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [fleetApiRef, api],
          [permissionApiRef, mockApis.permission()],
        ]}
      >
        <Routes>
          <Route path="/fleet" element={<FleetPage />}>
            <Route path="*" />
          </Route>
        </Routes>
      </TestApiProvider>,
      {
        mountedRoutes: { '/fleet': fleetPlugin.routes.root },
        routeEntries: ['/fleet/changes'],
      },
    );
    const change = await screen.findByRole('link', {
      name: 'Deploy payments to spoke-eu-prod',
    });
    expect(change).toHaveAttribute('href', '/fleet/changes/c-1');
    await userEvent.click(change);
    await screen.findByRole('list', { name: 'Progress' });
    const tabs = screen.getAllByRole('tab');
    expect(tabs.map(tab => tab.textContent)).toEqual([
      'Services',
      'Clusters',
      'Changes',
      'Hubs',
    ]);
    await userEvent.click(tabs[1]);
    await screen.findByText('No cluster is registered in the hubs.');
    await userEvent.click(tabs[3]);
    expect(await screen.findByText('No hub is configured.')).toBeVisible();
  });
});
