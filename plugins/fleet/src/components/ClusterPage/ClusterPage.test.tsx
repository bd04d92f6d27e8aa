import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, within } from '@testing-library/react';
import { FleetApi, fleetApiRef } from '../../api';
import {
  changeOf,
  clusterOf,
  deploymentOf,
  fleetApiOf,
  hubOf,
} from '../../testing/fleet';
import { ClusterPage } from './ClusterPage';

const cluster: Cluster = {
  ...clusterOf('eu', 'prod'),
  labels: { region: 'eu', standalone: '' },
  annotations: { aws_region: 'eu-west-1' },
  declared: 'git',
  file: 'clusters/spoke-eu-prod.yaml',
  kubernetesVersion: 'v1.33.4',
  connection: { status: 'Failed', message: 'dial tcp: i/o timeout' },
  claim: {
    hub: 'hub',
    apiVersion: 'cluster.x-k8s.io/v1beta1',
    kind: 'Cluster',
    namespace: 'clusters',
    name: 'spoke-eu-prod',
    state: 'degraded',
    reason: 'MachinesNotReady',
    sentence: '1 of 3 machines is not ready.',
    progress: { done: 2, total: 3, of: 'machines' },
    blueprint: 'cluster-api-eks',
    parts: [
      {
        kind: 'AWSManagedControlPlane',
        name: 'spoke-eu-prod',
        role: 'control-plane',
        ready: 0,
        version: 'v1.33.4',
      },
      {
        kind: 'MachineDeployment',
        name: 'spoke-eu-prod-general',
        role: 'workers',
        desired: 3,
        ready: 2,
        upToDate: 3,
        version: 'v1.33.4',
      },
    ],
  },
};

function open(
  given: Partial<FleetApi>,
  name = 'spoke-eu-prod',
  more: unknown[] = [],
) {
  renderInTestApp(<ClusterPage hub="hub" name={name} />, {
    apis: [
      [
        fleetApiRef,
        fleetApiOf({
          getClusters: async () => ({
            revision: 1,
            hubs: [hubOf('hub')],
            items: [cluster, clusterOf('eu', 'dev')],
          }),
          findDeployments: async () => ({
            revision: 1,
            hubs: [hubOf('hub')],
            total: 3,
            items: [
              {
                service: 'payments',
                cluster,
                deployment: deploymentOf('payments', {
                  running: { text: '1.4.2' },
                }),
              },
              {
                service: 'ledger',
                cluster,
                deployment: deploymentOf('ledger', {
                  state: 'degraded',
                  health: 'Degraded',
                  healthMessage: 'ImagePullBackOff',
                  running: { text: '3.1.0' },
                }),
              },
              {
                service: 'search',
                cluster: clusterOf('eu', 'prod-2'),
                deployment: deploymentOf('search'),
              },
            ],
          }),
          getChanges: async filter => ({
            items: filter?.cluster === cluster.id ? [changeOf('c-1')] : [],
          }),
          ...given,
        }),
      ],
      [permissionApiRef, mockApis.permission()],
      ...more,
    ] as any,
  });
}

describe('ClusterPage', () => {
  it('says what runs there, the worst first, and only there', async () => {
    open({});
    const list = await screen.findByRole('list', { name: 'What runs here' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual(['ledger3.1.0DegradedImagePullBackOff', 'payments1.4.2Healthy']);
  });

  it('says where the claim stands, what Argo CD sees, its labels, and what was changed on it', async () => {
    open({});
    const details = await screen.findByRole('region', { name: 'Details' });
    expect(details).toHaveTextContent(
      /Cluster clusters\/spoke-eu-prod1 of 3 machines is not ready.*2 of 3 machinesMachinesNotReady/,
    );
    expect(details).toHaveTextContent('nodial tcp: i/o timeout');
    expect(details).toHaveTextContent('clusters/spoke-eu-prod.yaml');
    expect(
      within(screen.getByRole('list', { name: 'Labels' }))
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual(['region=eu', 'standalone']);
    const changes = await screen.findByRole('list', { name: 'Changes' });
    expect(within(changes).getAllByRole('listitem')).toHaveLength(1);
    expect(changes).toHaveTextContent('Deploy payments to spoke-eu-prod');
    expect(
      within(screen.getByRole('group', { name: 'Actions for spoke-eu-prod' }))
        .getAllByRole('button')
        .map(button => button.getAttribute('aria-label') ?? button.textContent),
    ).toEqual([
      'Upgrade…',
      'Scale…',
      'Labels…',
      'Decommission…',
      'More actions',
    ]);
    expect(
      within(screen.getByRole('table', { name: 'Machines' }))
        .getAllByRole('row')
        .slice(1)
        .map(row => row.textContent),
    ).toEqual([
      'spoke-eu-prodcontrol plane, AWSManagedControlPlane––v1.33.4',
      'spoke-eu-prod-generalworkers, MachineDeployment2 / 33 / 3v1.33.4',
    ]);
  });

  it('takes what a silent hub said for what it is', async () => {
    const hubs = [hubOf('hub', { status: 'unreachable' })];
    open({
      getClusters: async () => ({ revision: 1, hubs, items: [cluster] }),
      findDeployments: async () => ({
        revision: 1,
        hubs,
        total: 1,
        items: [
          {
            service: 'payments',
            cluster,
            deployment: deploymentOf('payments'),
          },
        ],
      }),
    });
    const list = await screen.findByRole('list', { name: 'What runs here' });
    expect(list).toHaveTextContent('Unreachablelast known Healthy');
  });

  it('leads to the cluster’s owner and its page in the catalog', async () => {
    const getEntities = jest.fn(async (_request: any) => ({
      items: [
        {
          kind: 'Resource',
          metadata: { name: 'spoke-eu-prod' },
          relations: [
            { type: 'ownedBy', targetRef: 'group:default/team-platform' },
          ],
        },
      ],
    }));
    open({}, undefined, [[catalogApiRef, { getEntities }]]);
    const details = await screen.findByRole('region', { name: 'Details' });
    await within(details).findByText('team-platform');
    expect(details).toHaveTextContent(
      'Ownerteam-platformIn the catalogspoke-eu-prod',
    );
    expect(getEntities.mock.calls[0][0].filter).toEqual({
      kind: 'resource',
      'metadata.annotations.fleet/cluster': 'hub/spoke-eu-prod',
    });
  });

  it('says that a cluster is not known', async () => {
    open({}, 'spoke-9');
    expect(
      await screen.findByText('spoke-9 is not known to hub hub.'),
    ).toBeInTheDocument();
  });
});
