import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import { FleetApi, fleetApiRef } from '../../api';
import {
  clusterOf,
  deploymentOf,
  fleetApiOf,
  hubOf,
} from '../../testing/fleet';
import { FleetLinks, FleetLinksProvider } from '../common';
import { ClusterCard } from './ClusterCard';

const cluster: Cluster = {
  ...clusterOf('eu', 'prod'),
  kubernetesVersion: 'v1.33.4',
  claim: {
    hub: 'hub',
    apiVersion: 'cluster.x-k8s.io/v1beta1',
    kind: 'Cluster',
    name: 'spoke-eu-prod',
    state: 'provisioning',
    sentence: '2 of 3 machines are ready.',
  },
};

const links: Partial<FleetLinks> = {
  cluster: id => `/fleet/clusters/${id}`,
  service: name => `/fleet/services/${name}`,
};

const running = (service: string, more = {}) => ({
  service,
  cluster,
  deployment: deploymentOf(service, { running: { text: '1.4.2' }, ...more }),
});

function open(hubs = [hubOf('hub')], given: Partial<FleetApi> = {}) {
  const api = fleetApiOf({
    getClusters: async () => ({
      revision: 1,
      hubs,
      items: [clusterOf('eu', 'prod-2'), cluster],
    }),
    findDeployments: async () => ({
      revision: 1,
      hubs,
      total: 9,
      items: [
        ...['a', 'b', 'c', 'd', 'e', 'f'].map(name => running(name)),
        running('ledger', { state: 'degraded', health: 'Degraded' }),
        { ...running('elsewhere'), cluster: clusterOf('eu', 'prod-2') },
      ],
    }),
    ...given,
  });
  renderInTestApp(
    <FleetLinksProvider links={links as FleetLinks}>
      <ClusterCard id="hub/spoke-eu-prod" />
    </FleetLinksProvider>,
    { apis: [[fleetApiRef, api]] as any },
  );
  return api;
}

const texts = async (name: string) =>
  within(await screen.findByRole('list', { name }))
    .getAllByRole('listitem')
    .map(item => item.textContent);

describe('ClusterCard', () => {
  it('says where the cluster stands, counts its services by state, and names the worst', async () => {
    const api = open();
    expect(await texts('States of the services')).toEqual([
      '1 Degraded',
      '6 Healthy',
    ]);
    expect(await texts('What runs here')).toEqual([
      'ledger1.4.2Degraded',
      ...['a', 'b', 'c', 'd', 'e'].map(name => `${name}1.4.2Healthy`),
    ]);
    expect(screen.getByText('and 1 more')).toBeInTheDocument();
    expect(screen.getByText('Provisioning')).toBeInTheDocument();
    expect(screen.getByText('2 of 3 machines are ready.')).toBeInTheDocument();
    expect(screen.getByText('v1.33.4')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'ledger' })).toHaveAttribute(
      'href',
      '/fleet/services/ledger',
    );
    expect(screen.getByRole('link', { name: 'Open in Fleet' })).toHaveAttribute(
      'href',
      '/fleet/clusters/hub/spoke-eu-prod',
    );
    // It asks for one cluster, not for all of the fleet.
    expect(api.getClusters).toHaveBeenCalledWith({
      hub: 'hub',
      text: 'spoke-eu-prod',
    });
  });

  it('calls nothing healthy while the hub is silent', async () => {
    open([hubOf('hub', { status: 'unreachable' })]);
    expect(await texts('States of the services')).toEqual(['7 Unreachable']);
    expect(screen.getByText('last known Provisioning')).toBeInTheDocument();
    expect(screen.queryByText('Healthy')).toBeNull();
  });

  it('says that the hub does not know the cluster', async () => {
    open(undefined, {
      getClusters: async () => ({ revision: 1, hubs: [], items: [] }),
    });
    expect(
      await screen.findByText(/spoke-eu-prod is not known to hub hub\./),
    ).toBeInTheDocument();
  });

  it('says what keeps it from answering', async () => {
    open(undefined, {
      findDeployments: async () => {
        throw Object.assign(new Error('403'), {
          body: { error: { message: 'You may not see deployments.' } },
        });
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not see deployments.',
    );
    expect(screen.getByText('Provisioning')).toBeInTheDocument();
  });
});
