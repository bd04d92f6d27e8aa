import type {
  Change,
  DeploymentList,
  Plan,
} from '@backstage-fleet/plugin-fleet-common';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen } from '@testing-library/react';
import type userEvent from '@testing-library/user-event';
import { type FleetApi, fleetApiRef } from '../../../api';
import {
  clusterOf,
  deploymentOf,
  fleetApiOf,
  hubOf,
  serviceOf,
} from '../../../testing/fleet';
import { FleetLinksProvider, useFleetLinks } from '../../common';
import { ServiceView } from '../ServiceView';

/** The service on one cluster, in a version. */
export const row = (region: string, environment: string, version: string) => ({
  cluster: clusterOf(region, environment),
  deployments: [
    deploymentOf(`payments-${region}-${environment}`, {
      desired: { text: version },
      synced: { text: version },
      running: { text: version },
      syncedAt: new Date(Date.now() - 3 * 86_400_000),
    }),
  ],
});
/** On its way: each environment is behind the one before. */
export const list: DeploymentList = {
  revision: 1,
  hubs: [hubOf('hub')],
  service: serviceOf('payments', { owner: 'group:default/team-pay' }),
  items: [
    row('eu', 'dev', '1.5.0-rc.1'),
    row('eu', 'staging', '1.4.3'),
    row('eu', 'prod', '1.4.1'),
    row('us', 'prod', '1.4.2'),
  ],
};
export const plan: Plan = {
  evaluable: true,
  unchanged: false,
  summary: 'creates 0, changes 2, deletes 0',
  creates: 0,
  changes: 2,
  deletes: 0,
  applications: [],
  edits: [],
  guards: [],
};
const past: Change = {
  id: 'c7',
  title: 'Promote payments 1.4.2 to prod',
  intent: {
    kind: 'service.promote',
    parameters: { service: 'payments', version: '1.4.2' },
  },
  mode: 'pull-request',
  state: 'healthy',
  repository: 'gitops',
  requester: 'user:default/ada',
  plan: {
    ...plan,
    applications: [
      {
        action: 'change',
        name: 'payments-spoke-eu-prod',
        namespace: 'argocd',
        cluster: 'spoke-eu-prod',
        version: '1.4.2',
        fields: [{ path: 'version', before: '1.3.9', after: '1.4.2' }],
      },
    ],
  },
  createdAt: new Date(Date.now() - 5 * 86_400_000),
  updatedAt: new Date(),
  timeline: [],
};
export const repository = (id: string, hubs: string[]) => ({
  id,
  url: `https://git.example.com/${id}`,
  branch: 'main',
  hubs,
});

function WithLinks() {
  const links = useFleetLinks();
  return (
    <FleetLinksProvider
      links={{ ...links, change: id => `/fleet/changes/${id}` }}
    >
      <ServiceView service="payments" />
    </FleetLinksProvider>
  );
}

/** Opens the view of the service `payments`. */
export function openService(given: Partial<FleetApi> = {}) {
  const api = fleetApiOf({
    getDeployments: async () => list,
    getChanges: async () => ({ items: [past] }),
    getRepositories: async () => ({
      items: [repository('gitops', ['hub']), repository('other', ['hub-2'])],
    }),
    createPlan: async () => plan,
    ...given,
  });
  renderInTestApp(<WithLinks />, {
    apis: [
      [fleetApiRef, api],
      [permissionApiRef, mockApis.permission()],
    ] as any,
  });
  return api;
}

/** Opens the dialog of an action in the menu of the service. */
export async function chooseAction(
  user: ReturnType<typeof userEvent.setup>,
  item: string,
) {
  await user.click(await screen.findByRole('button', { name: 'More actions' }));
  await user.click(await screen.findByRole('menuitem', { name: item }));
}
