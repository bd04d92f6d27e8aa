import {
  Change,
  Explanation,
  FLEET_REVISION_CHANNEL,
  Matrix,
  Plan,
} from '@backstage-fleet/plugin-fleet-common';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FleetApi, fleetApiRef } from '../../api';
import {
  CellInput,
  clusterOf,
  deploymentOf,
  fleetApiOf,
  hubOf,
  matrixOf,
  serviceOf,
  withLayout,
} from '../../testing/fleet';
import { FleetPage } from './FleetPage';

const clusters = [
  clusterOf('ap', 'prod', 'hub-ap'),
  clusterOf('eu', 'dev', 'hub-eu'),
  clusterOf('eu', 'prod', 'hub-eu'),
];
const services = [
  serviceOf('payments', { owner: 'group:default/pay' }),
  serviceOf('search', { owner: 'group:default/shop' }),
];

function answer(
  cells: CellInput[],
  more: Partial<Parameters<typeof matrixOf>[0]> = {},
): Matrix {
  return matrixOf({
    services,
    clusters,
    hubs: [hubOf('hub-ap'), hubOf('hub-eu')],
    cells,
    ...more,
  });
}

const signals = {
  listeners: new Map<string, (message: any) => void>(),
  subscribe(channel: string, listener: (message: any) => void) {
    this.listeners.set(channel, listener);
    return { unsubscribe: () => this.listeners.delete(channel) };
  },
  send(channel: string, message: object) {
    act(() => this.listeners.get(channel)?.(message));
  },
};

async function open(given: Partial<FleetApi>) {
  const api = fleetApiOf(given);
  renderInTestApp(<FleetPage />, {
    apis: [
      [fleetApiRef, api],
      [signalApiRef, signals],
      [permissionApiRef, mockApis.permission()],
      [
        identityApiRef,
        mockApis.identity({ ownershipEntityRefs: ['group:default/pay'] }),
      ],
    ] as any,
  });
  return api;
}

const cell = (name: RegExp) => screen.findByRole('gridcell', { name });

let restoreLayout = () => {};
beforeEach(() => {
  restoreLayout = withLayout();
});
afterEach(() => restoreLayout());

describe('FleetPage', () => {
  it.each([
    ['healthy', 'Healthy'],
    ['progressing', 'Progressing'],
    ['degraded', 'Degraded'],
    ['out-of-sync', 'Out of sync'],
    ['missing', 'Missing'],
    ['suspended', 'Suspended'],
    ['unknown', 'Unknown'],
  ] as const)(
    'shows %s with its version, its word and a shape of its own',
    async (state, word) => {
      await open({ getMatrix: async () => answer([[0, 2, state, '1.4.2']]) });
      const found = await cell(/^payments on spoke-eu-prod/);
      expect(found).toHaveAccessibleName(
        `payments on spoke-eu-prod: 1.4.2, ${word}`,
      );
      expect(found).toHaveTextContent('1.4.2');
      expect(found.querySelector('svg')).toHaveAttribute('data-state', state);
      // The same cell without the same state does not look the same.
      const absent = await cell(/^payments on spoke-eu-dev/);
      expect(absent).toHaveAccessibleName(
        'payments on spoke-eu-dev: Not deployed',
      );
      expect(absent.querySelector('svg')!.innerHTML).not.toBe(
        found.querySelector('svg')!.innerHTML,
      );
    },
  );

  it('says words in the health lens', async () => {
    await open({
      getMatrix: async () => answer([[0, 2, 'out-of-sync', '1.4.2']]),
    });
    await userEvent.click(await screen.findByRole('radio', { name: 'Health' }));
    expect(await cell(/^payments on spoke-eu-prod/)).toHaveTextContent(
      'Out of sync',
    );
  });

  it('never shows as current what a hub that does not answer last said', async () => {
    const observedAt = new Date(Date.now() - 14 * 60_000);
    await open({
      getMatrix: async () =>
        answer(
          [
            [0, 0, 'healthy', '1.4.2'],
            [1, 0, 'degraded', '4.0.3'],
          ],
          {
            hubs: [
              hubOf('hub-ap', {
                status: 'unreachable',
                observedAt,
                since: observedAt,
                message: 'connect ECONNREFUSED',
              }),
              hubOf('hub-eu'),
            ],
          },
        ),
    });
    const was = await cell(/^payments on spoke-ap-prod/);
    expect(was).toHaveAccessibleName(
      'payments on spoke-ap-prod: 1.4.2, Unreachable, last known Healthy, 14 min ago',
    );
    expect(was).not.toHaveTextContent('Healthy');
    expect(was.querySelector('svg')).toHaveAttribute(
      'data-state',
      'unreachable',
    );
    // A failure that was known stays visible.
    const failed = await cell(/^search on spoke-ap-prod/);
    expect(failed.querySelector('svg')).toHaveAttribute(
      'data-state',
      'degraded',
    );
    const region = screen.getByRole('columnheader', { name: /hub-ap/ });
    expect(region).toHaveTextContent('Unreachable, 14 min');
    expect(region).not.toHaveTextContent(/healthy|synced/i);

    expect(screen.getByText('hub-ap does not answer.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'What to do' }));
    expect(screen.getByText(/connect ECONNREFUSED/)).toHaveTextContent(
      /Check that the hub’s API server runs/,
    );
  });

  it('shows everything as stale while the backend is silent, and recovers', async () => {
    let silent = false;
    const api = await open({
      getMatrix: async since => {
        if (silent) {
          throw new TypeError('Failed to fetch');
        }
        return {
          ...answer([[0, 2, 'healthy', '1.4.2']]),
          full: since === undefined,
          revision: (since ?? 0) + 1,
        };
      },
    });
    await cell(/^payments on spoke-eu-prod: 1.4.2, Healthy/);
    silent = true;
    signals.send(FLEET_REVISION_CHANNEL, { revision: 9 });
    await cell(/^payments on spoke-eu-prod: 1.4.2, Stale, last known Healthy/);
    expect(
      screen.getByText('The fleet backend does not answer.'),
    ).toBeInTheDocument();
    silent = false;
    signals.send(FLEET_REVISION_CHANNEL, { revision: 9 });
    await cell(/^payments on spoke-eu-prod: 1.4.2, Healthy/);
    expect(api.getMatrix).toHaveBeenLastCalledWith(1);
  });

  it('shows a change when a signal says so, asking only for what is new', async () => {
    const api = await open({
      getMatrix: async since =>
        since === undefined
          ? answer([[0, 2, 'progressing', '1.4.2']], { revision: 7 })
          : {
              ...answer([[0, 2, 'healthy', '1.4.3']], { revision: 8 }),
              full: false,
              services: [],
              clusters: [],
            },
    });
    await cell(/^payments on spoke-eu-prod: 1.4.2, Progressing/);
    signals.send(FLEET_REVISION_CHANNEL, { revision: 8 });
    await cell(/^payments on spoke-eu-prod: 1.4.3, Healthy/);
    expect(api.getMatrix.mock.calls).toEqual([[undefined], [7]]);
  });

  it('moves with the arrow keys, opens with Enter and closes with Escape', async () => {
    const user = userEvent.setup();
    await open({
      getMatrix: async () => answer([[0, 2, 'degraded', '1.4.2']]),
      getDeployments: async () => ({
        revision: 1,
        hubs: [hubOf('hub-eu')],
        service: services[0],
        items: [
          {
            cluster: clusters[2],
            deployments: [
              deploymentOf('payments-spoke-eu-prod', {
                state: 'degraded',
                health: 'Degraded',
                healthMessage: 'exceeded its progress deadline',
                desired: { text: '1.4.3' },
                synced: { text: '1.4.3' },
                running: { text: '1.4.2' },
                differing: ['Deployment/payments'],
                argocdUrl: 'https://argocd.example.com/applications/payments',
              }),
            ],
          },
        ],
      }),
    });
    const grid = await screen.findByRole('grid');
    expect(grid).toHaveAttribute('aria-rowcount', '6');
    expect(grid).toHaveAttribute('aria-colcount', '4');
    const group = within(grid).getByRole('rowheader', { name: /^pay yours/ });
    act(() => group.focus());
    await user.keyboard('{ArrowDown}{End}');
    const target = await cell(/^payments on spoke-eu-prod/);
    expect(target).toHaveFocus();
    expect(
      within(grid)
        .getAllByRole('gridcell')
        .filter(each => each.tabIndex === 0),
    ).toEqual([target]);

    await user.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', {
      name: 'payments on spoke-eu-prod',
    });
    await waitFor(() => expect(dialog).toHaveTextContent('Degraded'));
    expect(dialog).toHaveTextContent(
      /Desired1\.4\.3.*Synced1\.4\.3.*Running1\.4\.2/,
    );
    expect(dialog).toHaveTextContent('1 of 14 resources differs');
    expect(dialog).toHaveTextContent('exceeded its progress deadline');
    expect(
      within(dialog).getByRole('link', { name: 'Argo CD' }),
    ).toHaveAttribute(
      'href',
      'https://argocd.example.com/applications/payments',
    );
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(target).toHaveFocus();
  });

  it('folds a group to its roll-up', async () => {
    await open({
      getMatrix: async () => answer([[0, 2, 'out-of-sync', '1.4.2']]),
    });
    await userEvent.click(
      await screen.findByRole('rowheader', { name: /^pay yours/ }),
    );
    expect(await cell(/^pay, spoke-eu-prod/)).toHaveAccessibleName(
      'pay, spoke-eu-prod: Out of sync, 1 of 1',
    );
    expect(
      screen.queryByRole('gridcell', { name: /^payments on/ }),
    ).not.toBeInTheDocument();
  });

  it('narrows to a search and to what is mine', async () => {
    await open({ getMatrix: async () => answer([]) });
    const user = userEvent.setup();
    await screen.findByRole('grid');
    await user.keyboard('/');
    await user.keyboard('sea');
    await waitFor(() =>
      expect(
        screen.queryByRole('rowheader', { name: /^payments/ }),
      ).not.toBeInTheDocument(),
    );
    await user.clear(screen.getByRole('searchbox'));
    await user.click(await screen.findByRole('button', { name: 'Mine 1' }));
    await waitFor(() =>
      expect(
        screen.queryByRole('rowheader', { name: /^search/ }),
      ).not.toBeInTheDocument(),
    );
    expect(
      screen.getByRole('rowheader', { name: /^payments/ }),
    ).toBeInTheDocument();
  });

  it('says what is wrong where the fleet cannot be read', async () => {
    await open({
      getMatrix: async () => {
        throw Object.assign(new Error('Request failed with 403'), {
          body: {
            error: { message: 'You may not see clusters. Ask your admin.' },
          },
        });
      },
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The fleet cannot be shown.');
    expect(alert).toHaveTextContent(
      'You may not see clusters. Ask your admin.',
    );
  });
});

describe('why it is not here', () => {
  const intent = {
    kind: 'service.onboard' as const,
    parameters: { service: 'search', clusters: ['spoke-eu-prod'] },
  };
  const plan: Plan = {
    evaluable: true,
    unchanged: false,
    summary: 'creates 1, changes 0, deletes 0',
    creates: 1,
    changes: 0,
    deletes: 0,
    applications: [
      {
        action: 'create',
        name: 'search-spoke-eu-prod',
        namespace: 'argocd',
        cluster: 'spoke-eu-prod',
        version: '4.0.3',
        fields: [],
      },
    ],
    edits: [
      {
        path: 'clusters/spoke-eu-prod.yaml',
        action: 'update',
        diff: '--- a\n+++ b\n@@ -6,2 +6,3 @@\n   labels:\n+    enable_search: "true"\n',
      },
    ],
    guards: [],
  };
  const explanation: Explanation = {
    service: 'search',
    cluster: 'hub-eu/spoke-eu-prod',
    verdict: 'absent',
    reason: 'label-missing',
    sentence:
      'ApplicationSet `services-search` selects clusters labelled `enable_search: "true"`; `spoke-eu-prod` has no such label.',
    checks: [
      { text: 'Registered in hub-eu', actual: 'yes', passed: true },
      {
        text: '`enable_search` is true',
        actual: 'no such label',
        passed: false,
      },
    ],
    intent,
    plan,
    computedFrom: { sha: '9f31c2e0b1a2c3d4' },
    hubAgrees: true,
  };
  const change: Change = {
    id: 'c1',
    title: 'Deploy search to spoke-eu-prod',
    intent,
    mode: 'commit',
    state: 'merged',
    repository: 'fleet-gitops',
    plan,
    commit: { sha: 'c0ffee1d2e3f', url: 'https://git.example.com/c0ffee1' },
    createdAt: new Date(),
    updatedAt: new Date(),
    timeline: [
      { at: new Date(), state: 'merged', message: 'Committed to main.' },
    ],
  };
  const given = {
    getMatrix: async () => answer([]),
    explain: async () => explanation,
    createPlan: async () => plan,
  };

  async function openCell() {
    await userEvent.click(await cell(/^search on spoke-eu-prod/));
    return screen.findByRole('dialog', {
      name: 'search is not on spoke-eu-prod',
    });
  }

  it('gives the sentence, the conditions and the edit', async () => {
    const api = await open(given);
    const dialog = await openCell();
    await waitFor(() =>
      expect(dialog).toHaveTextContent(
        'ApplicationSet services-search selects clusters labelled enable_search: "true"; spoke-eu-prod has no such label.',
      ),
    );
    expect(api.explain).toHaveBeenCalledWith('search', 'hub-eu/spoke-eu-prod');
    const [met, unmet] = within(dialog).getAllByRole('listitem');
    expect(within(met).getByRole('img', { name: 'met' })).toBeInTheDocument();
    expect(
      within(unmet).getByRole('img', { name: 'not met' }),
    ).toBeInTheDocument();
    expect(unmet).toHaveTextContent('no such label');
    expect(dialog).toHaveTextContent('clusters/spoke-eu-prod.yaml1 line');
    expect(dialog).toHaveTextContent('Creates 1, changes 0, deletes 0');
    expect(dialog).toHaveTextContent('Computed from 9f31c2e. hub-eu agrees.');
  });

  it('posts the explanation’s intent as a commit with the reason, and follows the change', async () => {
    const healthy: Change = { ...change, state: 'healthy' };
    const api = await open({
      ...given,
      createChange: async () => change,
      getChange: async () => healthy,
    });
    const dialog = await openCell();
    await userEvent.click(
      await within(dialog).findByRole('button', { name: 'Enable here…' }),
    );
    const form = await screen.findByRole('dialog', {
      name: 'Enable search on spoke-eu-prod',
    });
    await within(form).findByText('Creates 1, changes 0, deletes 0');
    expect(api.createPlan).toHaveBeenCalledWith(intent);
    expect(
      within(form).getByRole('button', { name: 'Open pull request' }),
    ).toBeEnabled();
    await userEvent.click(within(form).getByText('Commit to the branch'));
    await userEvent.type(
      within(form).getByRole('textbox', { name: 'Reason' }),
      'Launch in Europe',
    );
    await userEvent.click(within(form).getByRole('button', { name: 'Commit' }));
    expect(api.createChange).toHaveBeenCalledWith({
      intent,
      mode: 'commit',
      reason: 'Launch in Europe',
    });
    expect(
      await screen.findByRole('link', { name: 'Commit c0ffee1' }),
    ).toHaveAttribute('href', 'https://git.example.com/c0ffee1');
    await screen.findByText('Healthy', { selector: 'p *' });
    expect(api.getChange).toHaveBeenCalledWith('c1');
  });

  it('says why nothing was written', async () => {
    await open({
      ...given,
      createChange: async () => {
        throw Object.assign(new Error('Request failed with 409'), {
          body: {
            error: {
              message:
                'Branch main of acme/fleet-gitops is protected. Open a pull request instead.',
            },
          },
        });
      },
    });
    const dialog = await openCell();
    await userEvent.click(
      await within(dialog).findByRole('button', { name: 'Enable here…' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Open pull request' }),
    );
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Nothing was written.');
    expect(alert).toHaveTextContent('Open a pull request instead.');
  });

  it('does not write what a check stops', async () => {
    await open({
      ...given,
      createPlan: async () => ({
        ...plan,
        guards: [
          {
            id: 'deletions',
            level: 'stop' as const,
            message: 'It deletes 12 of 14 Applications.',
          },
        ],
      }),
    });
    const dialog = await openCell();
    await userEvent.click(
      await within(dialog).findByRole('button', { name: 'Enable here…' }),
    );
    await screen.findByText('It deletes 12 of 14 Applications.');
    expect(
      screen.getByRole('button', { name: 'Open pull request' }),
    ).toBeDisabled();
  });
});
