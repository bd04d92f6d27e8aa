import {
  ChangeList,
  FLEET_CHANGE_CHANNEL,
} from '@backstage-fleet/plugin-fleet-common';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FleetApi, fleetApiRef } from '../../api';
import {
  changeOf,
  clusterOf,
  fleetApiOf,
  hubOf,
  serviceOf,
} from '../../testing/fleet';
import { signals } from '../__testUtils__/signals';
import { FleetLinks, FleetLinksProvider } from '../common';
import { ChangesPage } from './ChangesPage';

const links = { change: (id: string) => `/fleet/changes/${id}` } as FleetLinks;

function open(given: Partial<FleetApi>, at = '/') {
  const api = fleetApiOf({
    getServices: async () => ({
      revision: 1,
      hubs: [hubOf('hub')],
      items: [serviceOf('payments'), serviceOf('ledger')],
    }),
    getClusters: async () => ({
      revision: 1,
      hubs: [hubOf('hub')],
      items: [clusterOf('eu', 'prod')],
    }),
    ...given,
  });
  renderInTestApp(
    <FleetLinksProvider links={links}>
      <ChangesPage />
    </FleetLinksProvider>,
    {
      initialRouteEntries: [at],
      apis: [
        [fleetApiRef, api],
        [signalApiRef, signals],
        [
          identityApiRef,
          mockApis.identity({ userEntityRef: 'user:default/ada' }),
        ],
      ] as any,
    },
  );
  return api;
}

const changes = [
  changeOf('c-3', {
    title: 'Promote payments to prod',
    state: 'proposed',
    reason: 'Black Friday',
    stages: [
      { title: 'eu', clusters: [], waitFor: 'healthy' },
      { title: 'us', clusters: [], waitFor: 'healthy' },
    ],
    stage: 0,
    pullRequest: {
      number: 7,
      url: 'https://git.example.com/pull/7',
      state: 'open',
    },
  }),
  changeOf('c-2', {
    title: 'Label spoke-eu-prod',
    state: 'failed',
    pullRequest: undefined,
  }),
  changeOf('c-1'),
];

describe('ChangesPage', () => {
  it('says of each change what, in which state, who, when and where', async () => {
    open({ getChanges: async () => ({ items: changes }) });
    const list = await screen.findByRole('list', { name: 'Changes' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      'Pull request open, Stage 1 of 2Promote payments to prodBlack Fridayby ada30 min ago#7',
      'FailedLabel spoke-eu-prodby ada30 min agoCommit c0ffee1',
      'HealthyDeploy payments to spoke-eu-prodby ada30 min ago#482',
    ]);
    expect(
      within(list).getByRole('link', { name: 'Promote payments to prod' }),
    ).toHaveAttribute('href', '/fleet/changes/c-3');
    expect(
      within(list).getByRole('link', { name: 'Pull request #7' }),
    ).toHaveAttribute('href', 'https://git.example.com/pull/7');
  });

  it('has the backend narrow to what the address says, and to what is chosen', async () => {
    const api = open(
      { getChanges: async () => ({ items: changes }) },
      '/?service=payments&cluster=hub/spoke-eu-prod&kind=service.promote&state=failed',
    );
    await screen.findByRole('link', { name: 'Label spoke-eu-prod' });
    const narrowed = {
      service: 'payments',
      cluster: 'hub/spoke-eu-prod',
      kind: 'service.promote',
      state: 'failed',
      limit: 50,
    };
    expect(api.getChanges).toHaveBeenLastCalledWith(narrowed);

    await userEvent.click(await screen.findByRole('button', { name: 'Mine' }));
    await userEvent.click(screen.getByRole('searchbox'));
    await userEvent.paste(' friday');
    await userEvent.click(screen.getByRole('button', { name: /^State/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Stopped' }),
    );
    await waitFor(() =>
      expect(api.getChanges).toHaveBeenLastCalledWith({
        ...narrowed,
        text: 'friday',
        state: 'failed,stopped',
        requester: 'user:default/ada',
      }),
    );
  });

  it('offers to show all where nothing matches', async () => {
    const api = open(
      {
        getChanges: async filter => ({
          items: filter?.service ? [] : changes,
        }),
      },
      '/?service=ledger',
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show all changes' }),
    );
    await screen.findByRole('link', { name: /^Promote/ });
    expect(api.getChanges).toHaveBeenLastCalledWith({ limit: 50 });
  });

  it('shows page after page, and keeps them when something changes', async () => {
    const pages: Record<string, ChangeList> = {
      '': { items: [changes[0]], total: 2, nextCursor: 'after-3' },
      'after-3': { items: [changes[1]], total: 2 },
    };
    const api = open({
      getChanges: async filter => pages[filter?.cursor ?? ''],
    });
    expect(await screen.findByText('The newest 1 of 2.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    await screen.findByRole('link', { name: 'Label spoke-eu-prod' });
    expect(screen.getByRole('link', { name: /^Promote/ })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();

    const asked = api.getChanges.mock.calls.length;
    pages['after-3'] = { items: [changes[2]], total: 2 };
    signals.send(FLEET_CHANGE_CHANNEL, { id: 'c-1' });
    await screen.findByRole('link', { name: /^Deploy payments/ });
    expect(api.getChanges.mock.calls.slice(asked)).toEqual([
      [{ limit: 50 }],
      [{ limit: 50, cursor: 'after-3' }],
    ]);
  });

  it('shows a new change as soon as it is signalled', async () => {
    let items = changes.slice(1);
    open({ getChanges: async () => ({ items }) });
    await screen.findByRole('link', { name: 'Label spoke-eu-prod' });
    items = changes;
    expect(screen.queryByRole('link', { name: /^Promote/ })).toBeNull();
    signals.send(FLEET_CHANGE_CHANNEL, { id: 'c-3' });
    await screen.findByRole('link', { name: /^Promote/ });
  });

  it('says what appears here while there is nothing', async () => {
    open({ getChanges: async () => ({ items: [] }) });
    expect(
      await screen.findByText('Nothing was changed from here yet.'),
    ).toBeInTheDocument();
  });
});
