import { Hub } from '@backstage-fleet/plugin-fleet-common';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fleetApiRef } from '../../api';
import { fleetApiOf, hubOf } from '../../testing/fleet';
import { HubsPage } from './HubsPage';

const rule =
  '{apiGroups: ["argoproj.io"], resources: ["applicationsets"], verbs: ["list", "watch"]}';

const hubs: Hub[] = [
  {
    id: 'eu',
    title: 'Europe',
    url: 'https://hub-eu',
    argocdUrl: 'https://argocd-eu.example.com',
    freshness: hubOf('eu'),
    kinds: [
      { kind: 'Application', status: 'live', objects: 53 },
      {
        kind: 'ApplicationSet',
        status: 'unauthorized',
        objects: 0,
        message: `The token may not read applicationsets.argoproj.io in namespace argocd (403). Add this rule to a Role of its account in namespace argocd: ${rule}`,
      },
    ],
    counts: { clusters: 1, applications: 53, applicationSets: 0 },
  },
  {
    id: 'us',
    title: 'America',
    url: 'https://hub-us',
    freshness: hubOf('us', {
      status: 'unreachable',
      observedAt: new Date(Date.now() - 14 * 60_000),
      since: new Date(Date.now() - 13 * 60_000),
      message: 'The hub refuses connections. Check that `url` is right.',
    }),
    kinds: [],
    counts: { clusters: 3, applications: 9, applicationSets: 2 },
  },
];

function open(getHubs: () => Promise<{ revision: number; items: Hub[] }>) {
  renderInTestApp(<HubsPage />, {
    apis: [[fleetApiRef, fleetApiOf({ getHubs })]] as any,
  });
}

describe('HubsPage', () => {
  it('says of each hub how fresh it is, what is wrong, and what to do', async () => {
    open(async () => ({ revision: 1, items: hubs }));
    const europe = await screen.findByRole('article', { name: 'Europe' });
    expect(europe).toHaveTextContent(
      '1 cluster53 Applications0 ApplicationSets',
    );
    expect(
      within(europe).getByRole('link', { name: 'Open Argo CD, Europe' }),
    ).toHaveAttribute('href', 'https://argocd-eu.example.com');
    const table = within(europe).getByRole('table', {
      name: 'What is read from Europe',
    });
    expect(
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map(row => row.textContent),
    ).toEqual(['Applicationslive53', 'ApplicationSetsno access0']);

    const america = screen.getByRole('article', { name: 'America' });
    expect(america).toHaveTextContent('unreachableLast heard 14 min ago');
    expect(within(america).getByRole('status')).toHaveTextContent(
      'unreachable for 13 minThe hub refuses connections. Check that url is right.',
    );
  });

  it('gives the missing rule to copy', async () => {
    const user = userEvent.setup();
    const write = jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockResolvedValue();
    open(async () => ({ revision: 1, items: hubs }));
    const europe = await screen.findByRole('article', { name: 'Europe' });
    expect(within(europe).getByText(rule)).toBeInTheDocument();
    await user.click(within(europe).getByRole('button', { name: 'Copy' }));
    await within(europe).findByRole('button', { name: 'Copied' });
    expect(write).toHaveBeenCalledWith(rule);
  });

  it('says what to do while no hub is configured', async () => {
    open(async () => ({ revision: 1, items: [] }));
    expect(
      await screen.findByText('No hub is configured.'),
    ).toBeInTheDocument();
  });

  it('says what is wrong, and tries again', async () => {
    let fails = true;
    open(async () => {
      if (fails) {
        throw new TypeError('Failed to fetch');
      }
      return { revision: 1, items: hubs };
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The fleet backend does not answer.',
    );
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('article', { name: 'Europe' });
  });
});
