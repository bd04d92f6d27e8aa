import { Change, Plan } from '@backstage-fleet/plugin-fleet-common';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { FleetApi, fleetApiRef } from '../../api';
import { fleetApiOf } from '../../testing/fleet';
import { ChangeDialog } from './ChangeDialog';

const intent = {
  kind: 'service.disable' as const,
  parameters: { service: 'payments', clusters: ['spoke-eu-prod'] },
};
const plan: Plan = {
  evaluable: true,
  unchanged: false,
  summary: 'creates 0, changes 1, deletes 1',
  creates: 0,
  changes: 1,
  deletes: 1,
  applications: [
    {
      action: 'delete',
      name: 'payments-spoke-eu-prod',
      namespace: 'argocd',
      cluster: 'spoke-eu-prod',
      version: '1.4.2',
      fields: [],
    },
    {
      action: 'change',
      name: 'payments-spoke-us-prod',
      namespace: 'argocd',
      cluster: 'spoke-us-prod',
      version: '1.4.3',
      fields: [{ path: 'version', before: '1.4.2', after: '1.4.3' }],
    },
    {
      action: 'change',
      name: 'ledger-spoke-eu-prod',
      namespace: 'argocd',
      cluster: 'spoke-eu-prod',
      fields: [{ path: 'spec.project', before: 'default', after: 'pay' }],
    },
  ],
  edits: [],
  guards: [
    { id: 'production', level: 'warn', message: 'It touches production.' },
    {
      id: 'last-cluster',
      level: 'stop',
      message: '`payments` would run nowhere.',
    },
  ],
  stages: [
    { title: 'eu', clusters: ['spoke-eu-prod'] },
    { title: 'us', clusters: ['spoke-us-prod'] },
  ],
};
const change: Change = {
  id: 'c1',
  title: 'Disable payments on spoke-eu-prod',
  intent,
  mode: 'commit',
  state: 'stopped',
  repository: 'gitops',
  plan,
  commit: { sha: 'c0ffee1d2e3f' },
  createdAt: new Date(),
  updatedAt: new Date(),
  timeline: [],
};

function open(given: Partial<FleetApi>, element?: JSX.Element) {
  const api = fleetApiOf({
    createPlan: async () => plan,
    getRepositories: async () => ({
      items: [
        { id: 'gitops', url: 'https://git/x', branch: 'trunk', hubs: ['hub'] },
      ],
    }),
    ...given,
  });
  renderInTestApp(
    element ?? (
      <ChangeDialog
        title="Disable payments"
        intent={intent}
        onClose={() => {}}
      />
    ),
    {
      apis: [
        [fleetApiRef, api],
        [permissionApiRef, mockApis.permission()],
      ] as any,
    },
  );
  return api;
}

// Finding things by role in a dialog of many fields takes its time on a busy machine.
jest.setTimeout(30_000);

describe('ChangeDialog', () => {
  it('shows counts, then the Applications cluster by cluster, what stops before notes, and the stages', async () => {
    open({});
    const preview = await screen.findByRole('group', { name: 'What it does' });
    expect(preview.textContent).toMatch(
      /^Creates 0, changes 1, deletes 1spoke-eu-prod.*spoke-us-prod.*ChecksStops the change.*Note.*One after the other/,
    );
    const [eu, us] = within(preview)
      .getAllByRole('heading', { name: /^spoke-/ })
      .map(heading => heading.parentElement!.textContent);
    expect(eu).toBe(
      'spoke-eu-prodDeletepayments-spoke-eu-prod1.4.2Changeledger-spoke-eu-prodspec.project default → pay',
    );
    expect(us).toBe('spoke-us-prodChangepayments-spoke-us-prod1.4.2 → 1.4.3');
  });

  it('writes what a check stops only with a reason for it', async () => {
    const user = userEvent.setup();
    const api = open({
      createChange: async () => change,
      getChange: async () => change,
    });
    const confirm = await screen.findByRole('button', {
      name: 'Open pull request',
    });
    await user.click(
      await screen.findByRole('radio', { name: 'Commit to trunk' }),
    );
    expect(confirm).toHaveTextContent('Commit to trunk');
    expect(confirm).toBeDisabled();
    await user.click(screen.getByRole('checkbox', { name: 'Override' }));
    expect(confirm).toBeDisabled();
    await user.type(
      screen.getByRole('textbox', { name: /^Why it is right/ }),
      ' It is retired ',
    );
    expect(confirm).toBeEnabled();
    await user.click(confirm);
    expect(api.createChange).toHaveBeenCalledWith({
      intent,
      mode: 'commit',
      overrides: [{ guard: 'last-cluster', reason: 'It is retired' }],
    });
    expect(
      await screen.findByText('Disable payments on spoke-eu-prod'),
    ).toBeInTheDocument();
  });

  it('computes the plan anew when something stopped it after all', async () => {
    const user = userEvent.setup();
    let moved = false;
    const api = open({
      createPlan: async () =>
        moved
          ? { ...plan, guards: [{ ...plan.guards[1], message: 'It moved.' }] }
          : { ...plan, guards: [] },
      createChange: async () => {
        moved = true;
        throw Object.assign(new Error('409'), {
          body: { error: { message: 'Stopped: it moved.' } },
        });
      },
    });
    await screen.findByRole('group', { name: 'What it does' });
    await user.click(screen.getByRole('button', { name: 'Open pull request' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Stopped: it moved.',
    );
    await screen.findByText('It moved.');
    expect(api.createPlan).toHaveBeenCalledTimes(2);
    expect(
      screen.getByRole('button', { name: 'Open pull request' }),
    ).toBeDisabled();
  });

  it('follows the fields, asks once they rest, and keeps the plan meanwhile', async () => {
    const user = userEvent.setup();
    const api = open({}, <WithFields />);
    expect(
      await screen.findByText(/The plan appears here/),
    ).toBeInTheDocument();
    expect(api.createPlan).not.toHaveBeenCalled();
    await user.type(screen.getByRole('textbox', { name: 'Cluster' }), 'spoke');
    const preview = await screen.findByRole('group', { name: 'What it does' });
    expect(api.createPlan.mock.calls).toEqual([
      [{ ...intent, parameters: { clusters: ['spoke'] } }],
    ]);
    await user.type(screen.getByRole('textbox', { name: 'Cluster' }), '-1');
    expect(preview).toHaveAttribute('aria-busy', 'true');
    expect(
      screen.getByRole('button', { name: 'Open pull request' }),
    ).toBeDisabled();
    await waitFor(() => expect(preview).toHaveAttribute('aria-busy', 'false'));
    expect(api.createPlan).toHaveBeenLastCalledWith({
      ...intent,
      parameters: { clusters: ['spoke-1'] },
    });
  });
});

function WithFields() {
  const [cluster, setCluster] = useState('');
  return (
    <ChangeDialog
      title="Disable"
      intent={
        cluster ? { ...intent, parameters: { clusters: [cluster] } } : undefined
      }
      onClose={() => {}}
    >
      <label>
        Cluster
        <input
          value={cluster}
          onChange={event => setCluster(event.target.value)}
        />
      </label>
    </ChangeDialog>
  );
}
