import {
  Change,
  Explanation,
  Plan,
} from '@backstage-fleet/plugin-fleet-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { withLayout } from '../../testing/fleet';
import { cell, matrixAnswer, openFleetPage } from './__testUtils__/fleetPage';

let restoreLayout = () => {};
beforeEach(() => {
  restoreLayout = withLayout();
});
afterEach(() => restoreLayout());

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
    getMatrix: async () => matrixAnswer([]),
    explain: async () => explanation,
    createPlan: async () => plan,
    getRepositories: async () => ({
      items: [
        {
          id: 'gitops',
          url: 'https://git.example.com',
          branch: 'main',
          hubs: [],
        },
      ],
    }),
  };

  async function openCell() {
    await userEvent.click(await cell(/^search on spoke-eu-prod/));
    return screen.findByRole('dialog', {
      name: 'search is not on spoke-eu-prod',
    });
  }

  it('gives the sentence, the conditions and the edit', async () => {
    const api = openFleetPage(given);
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
    const api = openFleetPage({
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
    await userEvent.click(
      await within(form).findByRole('radio', { name: 'Commit to main' }),
    );
    await userEvent.type(
      within(form).getByRole('textbox', { name: 'Reason' }),
      'Launch in Europe',
    );
    await userEvent.click(
      within(form).getByRole('button', { name: 'Commit to main' }),
    );
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
    openFleetPage({
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
    openFleetPage({
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
