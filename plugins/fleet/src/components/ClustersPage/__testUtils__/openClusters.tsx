import type { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type FleetApi, fleetApiRef } from '../../../api';
import { clusterOf, fleetApiOf, hubOf } from '../../../testing/fleet';
import { type FleetLinks, FleetLinksProvider } from '../../common';
import { ClustersPage } from '../ClustersPage';

const claim: Cluster['claim'] = {
  hub: 'hub',
  apiVersion: 'cluster.x-k8s.io/v1beta1',
  kind: 'Cluster',
  name: 'spoke-eu-prod',
  state: 'ready',
  sentence: 'All is well.',
};
/** One is ready, one nobody declares, and one has failed. */
export const clusters: Cluster[] = [
  {
    ...clusterOf('eu', 'prod'),
    labels: { region: 'eu', tier: 'gold' },
    services: 7,
    file: 'clusters/spoke-eu-prod.yaml',
    declared: 'git',
    kubernetesVersion: 'v1.31.4',
    claim,
  },
  {
    ...clusterOf('eu', 'dev'),
    declared: 'pet',
    kubernetesVersion: 'v1.33.1',
    connection: { status: 'Successful' },
  },
  {
    ...clusterOf('us', 'prod', 'hub-us'),
    file: 'clusters/spoke-us-prod.yaml',
    declared: 'git',
    claim: {
      ...claim,
      hub: 'hub-us',
      state: 'failed',
      sentence: 'The quota of `us-east-1` is used up.',
    },
  },
];

const links: Partial<FleetLinks> = {
  cluster: id => `/fleet/clusters/${id}`,
  change: id => `/fleet/changes/${id}`,
  service: () => undefined,
  createCluster: '/create/templates/default/create-cluster',
};

/** Opens the page of clusters on an API that knows three of them. */
export function openClusters(given: Partial<FleetApi> = {}, at = '/') {
  const api = fleetApiOf({
    getClusters: async () => ({
      revision: 1,
      hubs: [hubOf('hub'), hubOf('hub-us')],
      items: clusters,
    }),
    getRepositories: async () => ({ items: [] }),
    ...given,
  });
  renderInTestApp(
    <FleetLinksProvider links={links as FleetLinks}>
      <ClustersPage />
    </FleetLinksProvider>,
    {
      initialRouteEntries: [at],
      apis: [
        [fleetApiRef, api],
        [permissionApiRef, mockApis.permission()],
      ] as any,
    },
  );
  return api;
}

/** Puts a text into a field, in place of what is there. */
export async function fill(field: HTMLElement, text: string) {
  await userEvent.clear(field);
  await userEvent.click(field);
  await userEvent.paste(text);
}

/** Opens the dialog of an action in the menu of a cluster. */
export async function chooseAction(cluster: string, action: string) {
  await userEvent.click(
    await screen.findByRole('button', { name: `Actions for ${cluster}` }),
  );
  await userEvent.click(await screen.findByRole('menuitem', { name: action }));
  return screen.findByRole('dialog');
}
