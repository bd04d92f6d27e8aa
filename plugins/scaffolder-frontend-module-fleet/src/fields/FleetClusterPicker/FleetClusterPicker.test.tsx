import { fleetApiRef } from '@backstage-fleet/plugin-fleet';
import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { clusterChoiceProblem, groupByRegion } from './clusters';
import { FleetClusterPicker } from './FleetClusterPicker';

function clusterOf(region: string | undefined, environment: string): Cluster {
  const name = `spoke-${region ?? 'none'}-${environment}`;
  return {
    id: `hub/${name}`,
    name,
    hub: 'hub',
    server: 'https://x',
    region,
    environment,
    kind: 'spoke',
    labels: {},
    annotations: {},
    services: 0,
  };
}

const clusters = [
  clusterOf(undefined, 'lab'),
  clusterOf('eu-west-1', 'prod'),
  clusterOf('eu-west-1', 'staging'),
  clusterOf('us-east-1', 'prod'),
];

function open(options: {
  service?: string;
  getClusters?: () => Promise<unknown>;
}) {
  const onChange = jest.fn();
  const api = {
    getClusters: options.getClusters ?? (async () => ({ items: clusters })),
    getDeployments: async () => ({
      items: [
        { cluster: clusters[1], deployments: [{}] },
        { cluster: clusters[2], deployments: [] },
      ],
    }),
    createPlan: jest.fn(async (intent: any) => ({
      evaluable: true,
      unchanged: false,
      summary: '',
      creates: intent.parameters.clusters.length,
      changes: 0,
      deletes: 0,
      applications: intent.parameters.clusters.map((cluster: string) => ({
        action: 'create',
        name: `${intent.parameters.service}-${cluster}`,
        namespace: 'argocd',
        cluster,
        fields: [],
      })),
      edits: [],
      guards: [],
    })),
  };
  function Form() {
    const [value, setValue] = useState<string[] | undefined>();
    const props = {
      formData: value,
      onChange: (next: string[] | undefined) => {
        onChange(next);
        setValue(next);
      },
      schema: { title: 'Clusters' },
      uiSchema: {},
      required: true,
      rawErrors: ['must have required property'],
      formContext: { formData: { service: options.service, path: '' } },
    };
    return <FleetClusterPicker {...(props as any)} />;
  }
  renderInTestApp(<Form />, { apis: [[fleetApiRef, api]] as any });
  return { onChange, api };
}

describe('FleetClusterPicker', () => {
  it('groups by region, shows environments and marks where the service is', async () => {
    open({ service: 'payments' });
    const region = await screen.findByRole('group', { name: 'eu-west-1' });
    expect(
      screen
        .getAllByRole('group')
        .map(each => each.getAttribute('aria-label'))
        .filter(Boolean),
    ).toEqual(['eu-west-1', 'us-east-1', 'No region']);
    await within(region).findByRole('checkbox', {
      name: 'spoke-eu-west-1-prod prod, has it already',
    });
    expect(
      within(region).getByRole('checkbox', {
        name: 'spoke-eu-west-1-staging staging',
      }),
    ).not.toBeChecked();
  });

  it('gives the names chosen, one by one and by region, and nothing rather than an empty list', async () => {
    const { onChange } = open({});
    await userEvent.click(
      await screen.findByRole('checkbox', { name: /spoke-us-east-1-prod/ }),
    );
    await userEvent.click(screen.getByRole('checkbox', { name: 'eu-west-1' }));
    expect(onChange).toHaveBeenLastCalledWith([
      'spoke-us-east-1-prod',
      'spoke-eu-west-1-prod',
      'spoke-eu-west-1-staging',
    ]);
    await userEvent.click(screen.getByRole('checkbox', { name: 'eu-west-1' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'us-east-1' }));
    expect(onChange).toHaveBeenLastCalledWith(undefined);
    expect(screen.getByRole('alert')).toHaveTextContent(
      'Choose at least one cluster.',
    );
  });

  it('shows the Applications that would be created', async () => {
    const { api } = open({ service: 'loyalty' });
    await userEvent.click(
      await screen.findByRole('checkbox', { name: /spoke-us-east-1-prod/ }),
    );
    const plan = await screen.findByRole('region', { name: 'Plan' });
    await within(plan).findByText('loyalty-spoke-us-east-1-prod');
    expect(plan).toHaveTextContent('Creates 1, changes 0, deletes 0');
    expect(api.createPlan).toHaveBeenLastCalledWith({
      kind: 'service.onboard',
      parameters: { service: 'loyalty', clusters: ['spoke-us-east-1-prod'] },
    });
  });

  it('asks for no plan while the service has no name that Kubernetes takes', async () => {
    const { api } = open({ service: 'Not A Name' });
    await userEvent.click(
      await screen.findByRole('checkbox', { name: /spoke-us-east-1-prod/ }),
    );
    expect(
      screen.queryByRole('region', { name: 'Plan' }),
    ).not.toBeInTheDocument();
    expect(api.createPlan).not.toHaveBeenCalled();
  });

  it('says why the clusters cannot be listed', async () => {
    open({
      getClusters: async () => {
        throw new Error('You may not see clusters.');
      },
    });
    await waitFor(() =>
      expect(screen.getAllByRole('alert')[0]).toHaveTextContent(
        'You may not see clusters.',
      ),
    );
  });
});

describe('clusterChoiceProblem', () => {
  it.each([
    [undefined, undefined, 'Choose at least one cluster.'],
    [[], ['a'], 'Choose at least one cluster.'],
    [['a'], ['a', 'b'], undefined],
    [['a'], undefined, undefined],
    [
      ['a', 'x'],
      ['a'],
      'x is not registered in any hub. Choose among the clusters listed.',
    ],
    [
      ['y', 'x'],
      ['a'],
      'y, x are not registered in any hub. Choose among the clusters listed.',
    ],
  ])('%p of %p: %p', (chosen, known, problem) => {
    expect(clusterChoiceProblem(chosen, known)).toBe(problem);
  });

  it('keeps every cluster in one group', () => {
    expect(groupByRegion(clusters).flatMap(group => group.clusters)).toEqual([
      clusters[1],
      clusters[2],
      clusters[3],
      clusters[0],
    ]);
  });
});
