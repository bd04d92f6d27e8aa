import { Hub } from '@backstage-fleet/plugin-fleet-common';

import {
  SubPageBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import plugin, { fleetApiRef } from './index';
import {
  changeOf,
  clusterOf,
  fleetApiOf,
  hubOf,
  matrixOf,
  serviceOf,
  withLayout,
} from './testing/fleet';

const hub: Hub = {
  id: 'hub',
  title: 'hub',
  url: 'https://hub',
  freshness: hubOf('hub'),
  kinds: [],
  counts: { clusters: 1, applications: 1, applicationSets: 1 },
};

function open(path: string, ...more: any[]) {
  renderTestApp({
    features: [plugin, ...more],
    initialRouteEntries: [path],
    apis: [
      [
        fleetApiRef,
        fleetApiOf({
          getMatrix: async () =>
            matrixOf({
              services: [serviceOf('payments')],
              clusters: [clusterOf('eu', 'prod')],
              cells: [[0, 0, 'healthy', '1.4.2']],
            }),
          getHubs: async () => ({ revision: 1, items: [hub] }),
          getClusters: async () => ({
            revision: 1,
            hubs: [hub.freshness],
            items: [clusterOf('eu', 'prod')],
          }),
          getServices: async () => ({ revision: 1, hubs: [], items: [] }),
          findDeployments: async () => ({
            revision: 1,
            hubs: [hub.freshness],
            items: [],
            total: 0,
          }),
          getChanges: async () => ({ items: [changeOf('c-1')] }),
          getChange: async id => changeOf(id),
        }),
      ],
    ],
  } as any);
}

const tab = (name: string) => screen.findByRole('tab', { name });

let restoreLayout = () => {};
beforeEach(() => {
  restoreLayout = withLayout();
});
afterEach(() => restoreLayout());

describe('the fleet plugin', () => {
  it('has the page with the hubs’ freshness in its header, and links to the services', async () => {
    open('/fleet');
    expect(
      await screen.findByRole('gridcell', {
        name: 'payments on spoke-eu-prod: 1.4.2, Healthy',
      }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('listitem', {
        name: /^Hub hub: live, last heard \d+ s ago$/,
      }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'payments' })).toHaveAttribute(
      'href',
      '/fleet/services/payments',
    );
  });

  it('has the clusters, changes and hubs as tabs beside the services', async () => {
    open('/fleet?lens=health');
    expect(await tab('Services')).toHaveAttribute('aria-selected', 'true');
    expect(screen.getAllByRole('tab').map(each => each.textContent)).toEqual([
      'Services',
      'Clusters',
      'Changes',
      'Hubs',
    ]);

    await userEvent.click(await tab('Clusters'));
    expect(
      await screen.findByRole('link', { name: 'spoke-eu-prod' }),
    ).toHaveAttribute('href', '/fleet/clusters/hub/spoke-eu-prod');

    await userEvent.click(await tab('Changes'));
    await userEvent.click(
      await screen.findByRole('link', {
        name: 'Deploy payments to spoke-eu-prod',
      }),
    );
    await screen.findByRole('list', { name: 'Progress' });
    expect(await tab('Changes')).toHaveAttribute('aria-selected', 'true');

    await userEvent.click(await tab('Hubs'));
    expect(
      await screen.findByRole('article', { name: 'hub' }),
    ).toBeInTheDocument();
  });

  it.each([
    ['/fleet/changes/c-7', 'Deploy payments to spoke-eu-prod', 'Changes'],
    ['/fleet/clusters/hub/spoke-eu-prod', 'spoke-eu-prod', 'Clusters'],
  ])(
    'opens %s by its address, and is called so',
    async (path, heading, selected) => {
      open(path);
      expect(
        await screen.findByRole('heading', { level: 1, name: heading }),
      ).toBeInTheDocument();
      expect(await tab(selected)).toHaveAttribute('aria-selected', 'true');
      expect(document.title).toMatch(`${heading} | Fleet | `);
    },
  );

  it('is one entry of the sidebar, and takes tabs that an app attaches', async () => {
    open(
      '/fleet',
      createFrontendModule({
        pluginId: 'fleet',
        extensions: [
          SubPageBlueprint.make({
            name: 'costs',
            params: {
              path: 'costs',
              title: 'Costs',
              loader: async () => <p>Not much</p>,
            },
          }),
        ],
      }),
    );
    await userEvent.click(await tab('Costs'));
    expect(await screen.findByText('Not much')).toBeInTheDocument();
    const [sidebar] = screen.getAllByRole('navigation');
    expect(
      within(sidebar).getAllByRole('link', { name: /Fleet|Clusters|Hubs/ }),
    ).toHaveLength(1);
  });
});
