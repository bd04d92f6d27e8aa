import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import plugin, { fleetApiRef } from './index';
import {
  clusterOf,
  fleetApiOf,
  hubOf,
  matrixOf,
  serviceOf,
  withLayout,
} from './testing/fleet';

describe('the fleet plugin', () => {
  it('has the page with the hubs’ freshness in its header, and links to the services', async () => {
    const restoreLayout = withLayout();
    renderTestApp({
      features: [plugin],
      initialRouteEntries: ['/fleet'],
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
            getHubs: async () => ({
              revision: 1,
              items: [
                {
                  id: 'hub',
                  title: 'hub',
                  url: 'https://hub',
                  freshness: hubOf('hub'),
                  kinds: [],
                  counts: { clusters: 1, applications: 1, applicationSets: 1 },
                },
              ],
            }),
          }),
        ],
      ],
    } as any);
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
    restoreLayout();
  });
});
