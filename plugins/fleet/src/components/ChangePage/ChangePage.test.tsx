import {
  Change,
  FLEET_CHANGE_CHANNEL,
} from '@backstage-fleet/plugin-fleet-common';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FleetApi, fleetApiRef } from '../../api';
import {
  changeOf,
  clusterOf,
  deploymentOf,
  fleetApiOf,
  hubOf,
  planOf,
} from '../../testing/fleet';
import { signals } from '../__testUtils__/signals';
import { ChangePage } from './ChangePage';

function open(given: Partial<FleetApi>) {
  const api = fleetApiOf({
    findDeployments: async () => ({
      revision: 1,
      hubs: [hubOf('hub')],
      items: [],
      total: 0,
    }),
    getClusters: async () => ({
      revision: 1,
      hubs: [hubOf('hub')],
      items: [clusterOf('eu', 'prod')],
    }),
    ...given,
  });
  renderInTestApp(<ChangePage id="c-1" />, {
    apis: [
      [fleetApiRef, api],
      [signalApiRef, signals],
      [permissionApiRef, mockApis.permission()],
    ] as any,
  });
  return api;
}

const waves: Partial<Change> = {
  title: 'Promote payments to prod',
  state: 'merged',
  stage: 0,
  stages: [
    {
      title: 'Wave 1: eu',
      clusters: ['spoke-eu-prod'],
      waitFor: 'healthy',
      state: 'merged',
      plan: planOf('payments', ['spoke-eu-prod']),
      commit: { sha: 'c0ffee1d2e3f', url: 'https://git.example.com/c0ffee1' },
      pullRequest: {
        number: 7,
        url: 'https://git.example.com/pull/7',
        state: 'merged',
      },
    },
    {
      title: 'Wave 2: us',
      clusters: ['spoke-us-prod'],
      waitFor: 'healthy',
      plan: planOf('payments', ['spoke-us-prod']),
    },
  ],
};

const items = (list: HTMLElement) =>
  within(list)
    .getAllByRole('listitem')
    .map(item => item.textContent);

describe('ChangePage', () => {
  it('shows how far a change is, what it waits for, and which Applications are not there yet', async () => {
    open({
      getChange: async () =>
        changeOf('c-1', {
          state: 'merged',
          reason: 'Black Friday',
          timeline: changeOf('c-1').timeline.slice(0, 2),
          plan: planOf('payments', ['spoke-eu-prod', 'spoke-us-prod']),
        }),
      findDeployments: async () => ({
        revision: 1,
        hubs: [hubOf('hub')],
        total: 1,
        items: [
          {
            service: 'payments',
            cluster: clusterOf('eu', 'prod'),
            deployment: deploymentOf('payments-spoke-eu-prod'),
          },
        ],
      }),
    });
    const progress = await screen.findByRole('list', { name: 'Progress' });
    await within(progress).findByText('1 of 2 Applications');
    const current = progress.querySelector('[aria-current="step"]')!;
    expect(current).toHaveTextContent(
      /Syncedin progress.*Waits until Argo CD has synced.*Not there yetpayments-spoke-us-prod.*Syncedpayments-spoke-eu-prod/,
    );
    expect(items(progress)[0]).toMatch(/^Pull request opendone30 min ago/);
    expect(
      within(progress).getByRole('link', { name: 'Pull request #482' }),
    ).toHaveAttribute('href', 'https://git.example.com/pull/482');
    expect(screen.getByText('Black Friday')).toBeInTheDocument();
    expect(
      screen.getByText('Creates 2, changes 0, deletes 0'),
    ).toBeInTheDocument();
  });

  it('says how a cluster is coming up', async () => {
    open({
      getChange: async () =>
        changeOf('c-1', {
          title: 'Create cluster spoke-9',
          intent: {
            kind: 'cluster.create',
            parameters: { blueprint: 'capi', cluster: 'spoke-9' },
          },
          state: 'provisioning',
          plan: planOf('payments', []),
          timeline: [],
        }),
      getClusters: async () => ({
        revision: 1,
        hubs: [hubOf('hub')],
        items: [
          {
            ...clusterOf('eu', 'prod'),
            name: 'spoke-9',
            registered: false,
            claim: {
              hub: 'hub',
              apiVersion: 'cluster.x-k8s.io/v1beta1',
              kind: 'Cluster',
              name: 'spoke-9',
              state: 'provisioning',
              sentence: 'The control plane is up; machines are being made.',
              progress: { done: 1, total: 3, of: 'machines' },
            },
          },
        ],
      }),
    });
    const progress = await screen.findByRole('list', { name: 'Progress' });
    expect(
      await within(progress).findByText(/The control plane is up/),
    ).toBeInTheDocument();
    expect(within(progress).getByText('1 of 3 machines')).toBeInTheDocument();
    expect(progress.querySelector('[aria-current="step"]')).toHaveTextContent(
      /^Cluster being made/,
    );
  });

  it('moves on by a signal of this change, without a reload', async () => {
    let state: Change['state'] = 'merged';
    const api = open({ getChange: async () => changeOf('c-1', { state }) });
    await screen.findByText('Committed');
    const asked = api.getChange.mock.calls.length;
    state = 'healthy';
    signals.send(FLEET_CHANGE_CHANNEL, { id: 'another' });
    expect(api.getChange.mock.calls).toHaveLength(asked);
    signals.send(FLEET_CHANGE_CHANNEL, { id: 'c-1' });
    await waitFor(() =>
      expect(screen.getByRole('banner')).toHaveTextContent('Healthy'),
    );
    expect(screen.queryByRole('button', { name: 'Stop…' })).toBeNull();
  });

  it('holds back the next stage, and lets it follow again', async () => {
    let paused = false;
    const api = open({
      getChange: async () => changeOf('c-1', { ...waves, paused }),
      actOnChange: async (_id, action) => {
        paused = action === 'pause';
        return changeOf('c-1', { ...waves, paused });
      },
    });
    const first = (await screen.findByText('1. Wave 1: eu')).closest('li')!;
    expect(first).toHaveAttribute('aria-current', 'step');
    expect(first).toHaveTextContent(
      'Goes on when its Applications are synced and healthy.',
    );
    expect(screen.getByText('2. Wave 2: us').closest('li')).toHaveTextContent(
      'Not started',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
    expect(api.actOnChange).toHaveBeenCalledWith('c-1', 'pause');
    await screen.findByText('Held back before Wave 2: us.');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Resume' }),
    );
    expect(api.actOnChange).toHaveBeenLastCalledWith('c-1', 'resume');
    await waitFor(() =>
      expect(screen.queryByText('Held back before Wave 2: us.')).toBeNull(),
    );
  });

  it('pauses, resumes and stops an upgrade in waves', async () => {
    const wave = (number: number, more = {}) => ({
      title: `Wave ${number}`,
      clusters: [number === 1 ? 'spoke-us-prod' : 'spoke-eu-prod'],
      waitFor: 'healthy' as const,
      plan: planOf('payments', []),
      ...more,
    });
    let now: Partial<Change> = { stage: 0, state: 'provisioning' };
    const upgrade = () =>
      changeOf('c-1', {
        title: 'Upgrade 2 clusters to Kubernetes v1.33.4',
        intent: {
          kind: 'cluster.upgrade',
          parameters: {
            clusters: ['spoke-us-prod', 'spoke-eu-prod'],
            kubernetesVersion: 'v1.33.4',
            waves: {
              by: 'list',
              clusters: [['spoke-us-prod'], ['spoke-eu-prod']],
            },
          },
        },
        plan: planOf('payments', []),
        pullRequest: undefined,
        mode: 'commit',
        timeline: [],
        stages: [
          wave(1, {
            state: 'provisioning',
            commit: { sha: 'c0ffee1d2e3f' },
          }),
          wave(2),
        ],
        ...now,
      });
    const api = open({
      getChange: async () => upgrade(),
      actOnChange: async (_id, action) => {
        now =
          action === 'stop'
            ? { ...now, state: 'stopped', paused: false }
            : { ...now, paused: action === 'pause' };
        return upgrade();
      },
    });
    const buttons = async () =>
      within(await screen.findByRole('group', { name: 'Actions' }))
        .getAllByRole('button')
        .map(button => button.textContent);
    const first = (await screen.findByText('1. Wave 1')).closest('li')!;
    expect(first).toHaveTextContent(/^1\. Wave 1 spoke-us-prod/);
    expect(screen.getByText('2. Wave 2').closest('li')).toHaveTextContent(
      /^2\. Wave 2 spoke-eu-prod/,
    );
    expect(first).toHaveTextContent('Being upgraded');
    expect(first).toHaveTextContent(
      'Goes on when its clusters run the version',
    );
    expect(
      within(first)
        .getAllByRole('listitem')
        .map(step => step.textContent),
    ).toEqual([
      'Committeddone',
      'Kubernetes upgradedin progressWaits until the clusters run the version.',
      'Healthynot yet',
    ]);
    expect(await buttons()).toEqual(['Pause', 'Stop…']);
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
    await screen.findByText('Held back before Wave 2.');
    expect(await buttons()).toEqual(['Resume', 'Stop…']);
    await userEvent.click(screen.getByRole('button', { name: 'Resume' }));
    await screen.findByRole('button', { name: 'Pause' });
    await userEvent.click(screen.getByRole('button', { name: 'Stop…' }));
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Stop change',
      }),
    );
    await screen.findByText('The change was stopped');
    expect(screen.queryByRole('group', { name: 'Actions' })).toBeNull();
    expect(api.actOnChange.mock.calls).toEqual([
      ['c-1', 'pause'],
      ['c-1', 'resume'],
      ['c-1', 'stop'],
    ]);
  });

  it('asks before it stops a change, and says what stays', async () => {
    let state: Change['state'] = 'proposed';
    const change = () =>
      changeOf('c-1', {
        state,
        pullRequest: {
          number: 482,
          url: 'https://git.example.com/pull/482',
          state: 'open',
        },
        timeline: [
          { at: new Date(), state, message: 'Stopped by user:default/ada.' },
        ],
      });
    const api = open({
      getChange: async () => change(),
      actOnChange: async () => {
        state = 'stopped';
        return change();
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Stop…' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Pull request #482 stays open');
    expect(api.actOnChange).not.toHaveBeenCalled();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Stop change' }),
    );
    await screen.findByText('The change was stopped');
    expect(api.actOnChange).toHaveBeenCalledWith('c-1', 'stop');
    // The button that opened the dialog is gone, and the keyboard goes on from here.
    await waitFor(() =>
      expect(screen.getByRole('heading', { level: 1 })).toHaveFocus(),
    );
  });

  it('says why an action was refused', async () => {
    open({
      getChange: async () => changeOf('c-1', waves),
      actOnChange: async () => {
        throw Object.assign(new Error('403'), {
          body: { error: { message: 'You may not change production.' } },
        });
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Pause' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not change production.',
    );
  });

  it('warns of a plan that has grown, and says why a change failed', async () => {
    open({
      getChange: async () =>
        changeOf('c-1', {
          state: 'failed',
          error: '`payments-spoke-eu-prod` is not healthy.',
          grown: 'It also deletes `ledger-spoke-eu-prod`.',
        }),
    });
    expect(await screen.findByText('The change failed')).toBeInTheDocument();
    expect(screen.getByText(/is not healthy\./)).toBeInTheDocument();
    expect(
      screen.getByText('The plan has grown since the change was asked for'),
    ).toBeInTheDocument();
    expect(screen.getByText('ledger-spoke-eu-prod')).toBeInTheDocument();
  });

  it('says what is wrong where there is no such change', async () => {
    open({
      getChange: async () => {
        throw Object.assign(new Error('404'), {
          body: { error: { message: 'There is no change c-1.' } },
        });
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is no change c-1.',
    );
  });
});
