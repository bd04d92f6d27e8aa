import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { clusterOf, deploymentOf, renderField } from '../../__testUtils__/form';
import { FleetClusterPicker } from './FleetClusterPicker';

const clusters = [
  clusterOf(undefined, 'lab', { declared: 'pet' }),
  clusterOf('eu-west-1', 'prod', { labels: { enable_cart: 'true' } }),
  clusterOf('eu-west-1', 'staging'),
  clusterOf('us-east-1', 'prod'),
];

function open(options: {
  service?: string;
  purpose?: string;
  schema?: object;
  getClusters?: () => Promise<unknown>;
}) {
  return renderField(FleetClusterPicker, {
    schema: { title: 'Clusters', ...options.schema },
    options: { purpose: options.purpose },
    rawErrors: ['must have required property'],
    form: { service: options.service },
    fleet: {
      getClusters: options.getClusters ?? (async () => ({ items: clusters })),
      getDeployments: async () => ({
        items: [
          { cluster: clusters[1], deployments: [deploymentOf('1.0.0')] },
          { cluster: clusters[2], deployments: [] },
        ],
      }),
      explain: async (service: string, cluster: string) => ({
        sentence: `${cluster} has no label enable_${service}.`,
      }),
    },
  }).onChange;
}

describe('FleetClusterPicker', () => {
  it('groups by region and says why a cluster cannot be chosen', async () => {
    open({ service: 'payments' });
    const region = await screen.findByRole('group', { name: 'eu-west-1' });
    expect(
      screen
        .getAllByRole('group')
        .map(each => each.getAttribute('aria-label'))
        .filter(Boolean),
    ).toEqual(['eu-west-1', 'us-east-1', 'No region']);
    expect(
      await within(region).findByRole('checkbox', {
        name: 'spoke-eu-west-1-prod prod, has it already',
      }),
    ).toBeDisabled();
    expect(
      screen.getByRole('checkbox', {
        name: 'spoke-none-lab lab, not declared in Git',
      }),
    ).toBeDisabled();
    expect(
      within(region).getByRole('checkbox', {
        name: 'spoke-eu-west-1-staging staging',
      }),
    ).toBeEnabled();
  });

  it('gives the names chosen, one by one and by region, and nothing rather than an empty list', async () => {
    const onChange = open({});
    await userEvent.click(
      await screen.findByRole('checkbox', { name: /spoke-us-east-1-prod/ }),
    );
    await userEvent.click(screen.getByRole('checkbox', { name: 'eu-west-1' }));
    expect(onChange).toHaveBeenLastCalledWith([
      'spoke-us-east-1-prod',
      'spoke-eu-west-1-prod',
      'spoke-eu-west-1-staging',
    ]);
    expect(screen.getByText('3 clusters chosen')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('checkbox', { name: 'eu-west-1' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'us-east-1' }));
    expect(onChange).toHaveBeenLastCalledWith(undefined);
    expect(screen.getByRole('alert')).toHaveTextContent(
      'Choose at least one cluster.',
    );
  });

  it('leaves out of a region what cannot be chosen', async () => {
    const onChange = open({ service: 'payments' });
    await screen.findByRole('checkbox', { name: /has it already/ });
    await userEvent.click(screen.getByRole('checkbox', { name: 'eu-west-1' }));
    expect(onChange).toHaveBeenLastCalledWith(['spoke-eu-west-1-staging']);
  });

  it('narrows the list by label', async () => {
    open({});
    await userEvent.type(
      await screen.findByRole('searchbox', { name: 'Find by name or label' }),
      'enable_cart=true',
    );
    expect(
      screen
        .getAllByRole('checkbox')
        .map(each => each.closest('label')!.textContent),
    ).toEqual(['eu-west-1', 'spoke-eu-west-1-prod prod']);
    await userEvent.type(screen.getByRole('searchbox'), 'x');
    expect(screen.getByText('No cluster matches.')).toBeInTheDocument();
  });

  it('takes for a change the clusters that run the service, and explains the others when asked', async () => {
    open({ service: 'payments', purpose: 'change' });
    const absent = await screen.findByRole('checkbox', {
      name: 'spoke-us-east-1-prod prod, does not run it',
    });
    expect(absent).toBeDisabled();
    expect(
      screen.getByRole('checkbox', { name: 'spoke-eu-west-1-prod prod' }),
    ).toBeEnabled();
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Why is payments not on spoke-us-east-1-prod?',
      }),
    );
    await screen.findByText(
      'hub/spoke-us-east-1-prod has no label enable_payments.',
    );
  });

  it('takes one cluster where the list has room for one', async () => {
    const onChange = open({ purpose: 'remove', schema: { maxItems: 1 } });
    await userEvent.click(
      await screen.findByRole('radio', { name: /spoke-us-east-1-prod/ }),
    );
    await userEvent.click(
      screen.getByRole('radio', { name: /spoke-eu-west-1-prod/ }),
    );
    expect(onChange.mock.calls).toEqual([
      [['spoke-us-east-1-prod']],
      [['spoke-eu-west-1-prod']],
    ]);
    expect(
      screen.getByRole('radio', { name: /spoke-us-east-1-prod/ }),
    ).not.toBeChecked();
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
