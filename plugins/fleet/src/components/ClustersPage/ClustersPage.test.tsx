import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FleetApi, fleetApiRef } from '../../api';
import {
  changeOf,
  clusterOf,
  fleetApiOf,
  hubOf,
  planOf,
} from '../../testing/fleet';
import { FleetLinks, FleetLinksProvider } from '../common';
import { ClustersPage } from './ClustersPage';

const claim: Cluster['claim'] = {
  hub: 'hub',
  apiVersion: 'cluster.x-k8s.io/v1beta1',
  kind: 'Cluster',
  name: 'spoke-eu-prod',
  state: 'ready',
  sentence: 'All is well.',
};
const clusters: Cluster[] = [
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

function open(given: Partial<FleetApi> = {}, at = '/') {
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

async function rows(region: string) {
  const table = await screen.findByRole('table', {
    name: `Clusters in ${region}`,
  });
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map(row => row.textContent);
}

async function fill(field: HTMLElement, text: string) {
  await userEvent.clear(field);
  await userEvent.click(field);
  await userEvent.paste(text);
}

async function choose(cluster: string, action: string) {
  await userEvent.click(
    await screen.findByRole('button', { name: `Actions for ${cluster}` }),
  );
  await userEvent.click(await screen.findByRole('menuitem', { name: action }));
  return screen.findByRole('dialog');
}

describe('ClustersPage', () => {
  it('says by region where each cluster stands, its version and skew, and what declares it', async () => {
    open();
    expect(await rows('eu')).toEqual([
      'spoke-eu-devdevReadyv1.33.1pet0hub',
      'spoke-eu-prodprodReadyv1.31.42 minors behindGit7region=eutier=goldhub',
    ]);
    expect(await rows('us')).toEqual([
      'spoke-us-prodprodFailedThe quota of us-east-1 is used up.–Git0hub-us',
    ]);
    expect(screen.getByRole('link', { name: 'spoke-eu-prod' })).toHaveAttribute(
      'href',
      '/fleet/clusters/hub/spoke-eu-prod',
    );
    expect(screen.getByRole('link', { name: 'New cluster' })).toHaveAttribute(
      'href',
      '/create/templates/default/create-cluster',
    );
    // What no repository declares cannot be changed by a commit.
    expect(
      screen.queryByRole('button', { name: 'Actions for spoke-eu-dev' }),
    ).toBeNull();
  });

  it('says what a cluster was where its hub is not heard', async () => {
    open({
      getClusters: async () => ({
        revision: 1,
        hubs: [hubOf('hub'), hubOf('hub-us', { status: 'unreachable' })],
        items: clusters,
      }),
    });
    expect((await rows('us'))[0]).toMatch(
      /^spoke-us-prodprodUnreachablelast known Failed/,
    );
    expect((await rows('eu'))[1]).toMatch(/^spoke-eu-prodprodReady/);
  });

  it('narrows by what the address says, also by labels', async () => {
    open({}, '/?q=tier%3Dgold&phase=ready');
    expect(await rows('eu')).toHaveLength(1);
    expect(screen.queryByRole('table', { name: 'Clusters in us' })).toBeNull();
    await fill(screen.getByRole('searchbox'), 'nothing');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show all clusters' }),
    );
    expect(await rows('us')).toHaveLength(1);
  });

  it('plans and writes an upgrade', async () => {
    const change = changeOf('c-9', { title: 'Upgrade spoke-eu-prod' });
    const api = open({
      createPlan: async () =>
        planOf('payments', [], {
          edits: [{ path: 'clusters/a.yaml', action: 'update', diff: '' }],
        }),
      createChange: async () => change,
      getChange: async () => change,
    });
    const dialog = await choose('spoke-eu-prod', 'Upgrade…');
    expect(dialog).toHaveTextContent(
      'It runs v1.31.4. The newest in the fleet is v1.33.1.',
    );
    const version = within(dialog).getByRole('textbox', {
      name: 'Kubernetes version',
    });
    await fill(version, 'newest');
    expect(version).toBeInvalid();
    expect(within(dialog).getByRole('alert')).toHaveTextContent(
      'A version looks like v1.33.4 or 1.33.',
    );
    expect(api.createPlan).not.toHaveBeenCalled();
    await fill(version, 'v1.33.1');
    const confirm = await within(dialog).findByRole('button', {
      name: 'Open pull request',
    });
    const intent = {
      kind: 'cluster.upgrade',
      parameters: {
        clusters: ['spoke-eu-prod'],
        kubernetesVersion: 'v1.33.1',
      },
    };
    await within(dialog).findByText('Creates 0, changes 0, deletes 0');
    expect(api.createPlan).toHaveBeenLastCalledWith(intent);
    await userEvent.click(confirm);
    expect(api.createChange).toHaveBeenCalledWith(
      expect.objectContaining({ intent, mode: 'pull-request' }),
    );
    expect(
      await within(dialog).findByRole('link', { name: 'Follow the change' }),
    ).toHaveAttribute('href', '/fleet/changes/c-9');
  });

  it('sets and removes labels, and names the repository of the hub', async () => {
    const api = open({
      createPlan: async () => planOf('payments', ['spoke-eu-prod']),
      getRepositories: async () => ({
        items: [
          { id: 'of-eu', url: 'u', branch: 'main', hubs: ['hub'] },
          { id: 'of-us', url: 'u', branch: 'main', hubs: ['hub-us'] },
        ],
      }),
    });
    const dialog = await choose('spoke-eu-prod', 'Labels…');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Remove tier' }),
    );
    const add = within(dialog).getByRole('button', { name: 'Add a label' });
    expect(add).toHaveFocus();
    await userEvent.click(add);
    expect(
      within(dialog).getByRole('textbox', { name: 'Label 2' }),
    ).toHaveFocus();
    await fill(
      within(dialog).getByRole('textbox', { name: 'Label 2' }),
      'enable_payments',
    );
    await fill(
      within(dialog).getByRole('textbox', { name: 'Value of enable_payments' }),
      'true',
    );
    await within(dialog).findByText('Creates 1, changes 0, deletes 0');
    // A plan of what was filled in so far may have come before.
    await waitFor(() =>
      expect(api.createPlan).toHaveBeenLastCalledWith({
        kind: 'cluster.label',
        repository: 'of-eu',
        parameters: {
          cluster: 'spoke-eu-prod',
          labels: { tier: null, enable_payments: 'true' },
        },
      }),
    );
  });

  it('scales a pool', async () => {
    const api = open({ createPlan: async () => planOf('payments', []) });
    const menu = await screen.findByRole('button', {
      name: 'Actions for spoke-eu-prod',
    });
    const dialog = await choose('spoke-eu-prod', 'Scale…');
    const nodes = within(dialog).getByRole('textbox', { name: 'Worker nodes' });
    await fill(nodes, '5');
    await userEvent.tab();
    await within(dialog).findByText('Creates 0, changes 0, deletes 0');
    expect(api.createPlan).toHaveBeenLastCalledWith({
      kind: 'cluster.scale',
      parameters: { cluster: 'spoke-eu-prod', replicas: 5 },
    });
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel' }),
    );
    await waitFor(() => expect(menu).toHaveFocus());
  });

  it('plans to decommission only what was named', async () => {
    const api = open({ createPlan: async () => planOf('payments', []) });
    const dialog = await choose('spoke-eu-prod', 'Decommission…');
    expect(dialog).toHaveTextContent('7 services stop there.');
    const name = within(dialog).getByRole('textbox', {
      name: 'Name of the cluster',
    });
    await fill(name, 'spoke-eu-pro');
    expect(api.createPlan).not.toHaveBeenCalled();
    await fill(name, 'spoke-eu-prod');
    await within(dialog).findByText('Creates 0, changes 0, deletes 0');
    expect(api.createPlan).toHaveBeenCalledWith({
      kind: 'cluster.decommission',
      parameters: { cluster: 'spoke-eu-prod' },
    });
  });

  it('upgrades several clusters in waves, the regions in the order that was chosen', async () => {
    const api = open({ createPlan: async () => planOf('payments', []) });
    await screen.findByRole('table', { name: 'Clusters in us' });
    // What no repository declares cannot be selected.
    expect(
      screen.queryByRole('checkbox', { name: 'Select spoke-eu-dev' }),
    ).toBeNull();
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Select all in eu' }),
    );
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Select spoke-us-prod' }),
    );
    const bar = screen.getByRole('region', { name: 'Selected clusters' });
    expect(bar).toHaveTextContent('2 clusters selected eu, us');
    await userEvent.click(
      within(bar).getByRole('button', { name: 'Upgrade…' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Upgrade 2 clusters',
    });
    await fill(
      within(dialog).getByRole('textbox', { name: 'Kubernetes version' }),
      'v1.32.2',
    );
    await userEvent.click(
      within(dialog).getByRole('radio', { name: 'Region by region' }),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Move us up' }),
    );
    const parameters = {
      clusters: ['spoke-eu-prod', 'spoke-us-prod'],
      kubernetesVersion: 'v1.32.2',
    };
    await waitFor(() =>
      expect(api.createPlan).toHaveBeenLastCalledWith({
        kind: 'cluster.upgrade',
        parameters: {
          ...parameters,
          waves: { by: 'region', order: ['us', 'eu'] },
        },
      }),
    );
    const version = within(dialog).getByRole('textbox', {
      name: 'Kubernetes version',
    });
    await userEvent.type(version, '0');
    expect(version).toHaveFocus();
    await fill(version, 'v1.32.2');
    await userEvent.click(
      within(dialog).getByRole('radio', { name: 'One after the other' }),
    );
    await waitFor(() =>
      expect(api.createPlan).toHaveBeenLastCalledWith({
        kind: 'cluster.upgrade',
        parameters: {
          ...parameters,
          waves: {
            by: 'list',
            clusters: [['spoke-eu-prod'], ['spoke-us-prod']],
          },
        },
      }),
    );
    await userEvent.click(
      within(dialog).getByRole('radio', { name: 'In waves of your own' }),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: /Wave of spoke-eu-prod/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'Wave 2' }),
    );
    await waitFor(() =>
      expect(api.createPlan).toHaveBeenLastCalledWith({
        kind: 'cluster.upgrade',
        parameters: {
          ...parameters,
          waves: {
            by: 'list',
            clusters: [['spoke-us-prod'], ['spoke-eu-prod']],
          },
        },
      }),
    );
  });

  it('shows why an upgrade is refused', async () => {
    const sentence =
      '`v1.35.0` skips minor versions. Upgrade to 1.32 first: spoke-eu-prod has `v1.31.4`.';
    open({
      createPlan: async () => {
        throw new Error(sentence);
      },
    });
    const dialog = await choose('spoke-eu-prod', 'Upgrade…');
    await fill(
      within(dialog).getByRole('textbox', { name: 'Kubernetes version' }),
      'v1.35.0',
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      sentence.replaceAll('`', ''),
    );
    expect(
      within(dialog).getByRole('button', { name: 'Open pull request' }),
    ).toBeDisabled();
  });

  it('annotates with any value', async () => {
    const api = open({ createPlan: async () => planOf('payments', []) });
    const dialog = await choose('spoke-eu-prod', 'Annotations…');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Add an annotation' }),
    );
    await fill(
      within(dialog).getByRole('textbox', { name: 'Annotation 1' }),
      'vpc',
    );
    await fill(
      within(dialog).getByRole('textbox', { name: 'Value of vpc' }),
      'arn:aws:ec2 / 1',
    );
    await waitFor(() =>
      expect(api.createPlan).toHaveBeenLastCalledWith({
        kind: 'cluster.annotate',
        parameters: {
          cluster: 'spoke-eu-prod',
          annotations: { vpc: 'arn:aws:ec2 / 1' },
        },
      }),
    );
  });

  it('plans to make anew only what was named', async () => {
    const api = open({ createPlan: async () => planOf('payments', []) });
    const dialog = await choose('spoke-eu-prod', 'Recreate…');
    await fill(
      within(dialog).getByRole('textbox', { name: 'Name of the cluster' }),
      'spoke-eu-prod',
    );
    await waitFor(() =>
      expect(api.createPlan).toHaveBeenLastCalledWith({
        kind: 'cluster.recreate',
        parameters: { cluster: 'spoke-eu-prod' },
      }),
    );
  });
});
