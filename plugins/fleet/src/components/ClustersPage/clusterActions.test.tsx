import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { changeOf, planOf } from '../../testing/fleet';
import { chooseAction, fill, openClusters } from './__testUtils__/openClusters';

describe('actions on clusters', () => {
  it('plans and writes an upgrade', async () => {
    const change = changeOf('c-9', { title: 'Upgrade spoke-eu-prod' });
    const api = openClusters({
      createPlan: async () =>
        planOf('payments', [], {
          edits: [{ path: 'clusters/a.yaml', action: 'update', diff: '' }],
        }),
      createChange: async () => change,
      getChange: async () => change,
    });
    const dialog = await chooseAction('spoke-eu-prod', 'Upgrade…');
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
    const api = openClusters({
      createPlan: async () => planOf('payments', ['spoke-eu-prod']),
      getRepositories: async () => ({
        items: [
          { id: 'of-eu', url: 'u', branch: 'main', hubs: ['hub'] },
          { id: 'of-us', url: 'u', branch: 'main', hubs: ['hub-us'] },
        ],
      }),
    });
    const dialog = await chooseAction('spoke-eu-prod', 'Labels…');
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
    const api = openClusters({
      createPlan: async () => planOf('payments', []),
    });
    const menu = await screen.findByRole('button', {
      name: 'Actions for spoke-eu-prod',
    });
    const dialog = await chooseAction('spoke-eu-prod', 'Scale…');
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
    const api = openClusters({
      createPlan: async () => planOf('payments', []),
    });
    const dialog = await chooseAction('spoke-eu-prod', 'Decommission…');
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
    const api = openClusters({
      createPlan: async () => planOf('payments', []),
    });
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
    openClusters({
      createPlan: async () => {
        throw new Error(sentence);
      },
    });
    const dialog = await chooseAction('spoke-eu-prod', 'Upgrade…');
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
    const api = openClusters({
      createPlan: async () => planOf('payments', []),
    });
    const dialog = await chooseAction('spoke-eu-prod', 'Annotations…');
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
    const api = openClusters({
      createPlan: async () => planOf('payments', []),
    });
    const dialog = await chooseAction('spoke-eu-prod', 'Recreate…');
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
