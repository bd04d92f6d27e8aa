import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import { fleetApiRef } from '../../api';
import {
  changeOf,
  clusterOf,
  fleetApiOf,
  hubOf,
  planOf,
} from '../../testing/fleet';
import { FleetLinks, FleetLinksProvider } from '../common';
import { ChangeFacts } from './ChangeFacts';

const links: Partial<FleetLinks> = {
  service: name => `/fleet/services/${name}`,
  cluster: id => `/fleet/clusters/${id}`,
  entity: ref => `/catalog/${ref}`,
};

describe('ChangeFacts', () => {
  it('leads to who asked, to the service, to the clusters and into Git', async () => {
    const change = changeOf('c-1', {
      plan: planOf('payments', ['spoke-eu-prod', 'spoke-new']),
    });
    renderInTestApp(
      <FleetLinksProvider links={links as FleetLinks}>
        <ChangeFacts change={change} />
      </FleetLinksProvider>,
      {
        apis: [
          [
            fleetApiRef,
            fleetApiOf({
              getClusters: async () => ({
                revision: 1,
                hubs: [hubOf('hub')],
                items: [clusterOf('eu', 'prod')],
              }),
            }),
          ],
        ] as any,
      },
    );
    await screen.findByRole('link', { name: 'spoke-eu-prod' });
    expect(
      screen
        .getAllByRole('link')
        .map(link => [link.textContent, link.getAttribute('href')]),
    ).toEqual([
      ['ada', '/catalog/user:default/ada'],
      ['payments', '/fleet/services/payments'],
      ['spoke-eu-prod', '/fleet/clusters/hub/spoke-eu-prod'],
      ['Pull request #482', 'https://git.example.com/pull/482'],
      ['Commit c0ffee1', 'https://git.example.com/c0ffee1'],
    ]);
    // No hub knows it yet.
    expect(
      within(screen.getByRole('list', { name: 'Clusters' })).getAllByRole(
        'listitem',
      )[1],
    ).toHaveTextContent('spoke-new');
  });
});
