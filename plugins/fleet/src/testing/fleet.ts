import {
  Change,
  Cluster,
  Deployment,
  DeploymentState,
  HubFreshness,
  Matrix,
  Plan,
  Service,
} from '@backstage-fleet/plugin-fleet-common';
import { FleetApi } from '../api';
import { DEPLOYMENT_STATES, HEALTHS, SYNCS } from '../matrix/matrix';

/** A cell of a matrix to be made: service, cluster, state, version. */
export type CellInput = [
  row: number,
  column: number,
  state: DeploymentState,
  version?: string,
];

/** A hub, live unless said otherwise. */
export function hubOf(
  id: string,
  more: Partial<HubFreshness> = {},
): HubFreshness {
  return {
    id,
    title: id,
    status: 'live',
    observedAt: new Date(Date.now() - 3_000),
    ...more,
  };
}

/** A cluster `spoke-<region>-<environment>`. */
export function clusterOf(
  region: string,
  environment: string,
  hub = 'hub',
): Cluster {
  const name = `spoke-${region}-${environment}`;
  return {
    id: `${hub}/${name}`,
    name,
    hub,
    server: `https://${name}`,
    region,
    environment,
    kind: 'spoke',
    labels: {},
    annotations: {},
    services: 0,
  };
}

/** A service of a team. */
export function serviceOf(name: string, more: Partial<Service> = {}): Service {
  return { name, title: name, deployments: 0, ...more };
}

/** A full answer of `/matrix`. */
export function matrixOf(input: {
  services: Service[];
  clusters: Cluster[];
  cells: CellInput[];
  hubs?: HubFreshness[];
  revision?: number;
}): Matrix {
  const versions = [...new Set(input.cells.map(cell => cell[3] ?? ''))].filter(
    Boolean,
  );
  const version = (text?: string) => (text ? versions.indexOf(text) : -1);
  return {
    revision: input.revision ?? 1,
    full: true,
    hubs: input.hubs ?? [hubOf('hub')],
    services: input.services,
    clusters: input.clusters,
    states: DEPLOYMENT_STATES,
    healths: HEALTHS,
    syncs: SYNCS,
    versions,
    cells: {
      row: input.cells.map(cell => cell[0]),
      column: input.cells.map(cell => cell[1]),
      state: input.cells.map(cell => DEPLOYMENT_STATES.indexOf(cell[2])),
      health: input.cells.map(() => 0),
      sync: input.cells.map(cell => (cell[2] === 'out-of-sync' ? 1 : 0)),
      running: input.cells.map(cell => version(cell[3])),
      desired: input.cells.map(cell => version(cell[3])),
      since: input.cells.map(() => 1_700_000_000),
    },
    removed: [],
  };
}

/** A deployment, healthy and synced unless said otherwise. */
export function deploymentOf(
  name: string,
  more: Partial<Deployment> = {},
): Deployment {
  return {
    id: `hub/argocd/${name}`,
    name,
    namespace: 'argocd',
    state: 'healthy',
    health: 'Healthy',
    sync: 'Synced',
    automatedSync: true,
    differing: [],
    resources: 14,
    conditions: [],
    namedBy: 'label fleet/service',
    deleting: false,
    ...more,
  };
}

/** A plan that creates an Application `<service>-<cluster>` on each cluster. */
export function planOf(
  service: string,
  clusters: string[],
  more: Partial<Plan> = {},
): Plan {
  return {
    evaluable: true,
    unchanged: false,
    summary: `creates ${clusters.length}, changes 0, deletes 0`,
    creates: clusters.length,
    changes: 0,
    deletes: 0,
    applications: clusters.map(cluster => ({
      action: 'create',
      name: `${service}-${cluster}`,
      namespace: 'argocd',
      cluster,
      fields: [],
    })),
    edits: [],
    guards: [],
    ...more,
  };
}

/** A change that put a service on a cluster, healthy unless said otherwise. */
export function changeOf(id: string, more: Partial<Change> = {}): Change {
  const at = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  return {
    id,
    title: 'Deploy payments to spoke-eu-prod',
    intent: {
      kind: 'service.onboard',
      parameters: { service: 'payments', clusters: ['spoke-eu-prod'] },
    },
    mode: 'pull-request',
    state: 'healthy',
    repository: 'fleet-gitops',
    requester: 'user:default/ada',
    plan: planOf('payments', ['spoke-eu-prod']),
    commit: { sha: 'c0ffee1d2e3f', url: 'https://git.example.com/c0ffee1' },
    pullRequest: {
      number: 482,
      url: 'https://git.example.com/pull/482',
      state: 'merged',
    },
    createdAt: at(30),
    updatedAt: at(5),
    timeline: [
      { at: at(30), state: 'proposed', message: 'Pull request #482 opened' },
      { at: at(20), state: 'merged', message: 'Merged as c0ffee1' },
      { at: at(10), state: 'synced', message: '1 Application is synced' },
      { at: at(5), state: 'healthy', message: '1 Application is in place' },
    ],
    ...more,
  };
}

/** A {@link FleetApi} that answers what is given and fails a test that asks for anything else. */
export function fleetApiOf(given: Partial<FleetApi>): jest.Mocked<FleetApi> {
  const unexpected = (method: string) => async () => {
    throw new Error(`The test did not expect ${method}`);
  };
  const methods = [
    'getMatrix',
    'getHubs',
    'getClusters',
    'getServices',
    'getDeployments',
    'getServiceVersions',
    'findDeployments',
    'explain',
    'getRepositories',
    'createPlan',
    'createChange',
    'getChange',
    'getChanges',
    'actOnChange',
    'syncDeployment',
    'refreshDeployment',
  ] as const;
  return Object.fromEntries(
    methods.map(method => [
      method,
      jest.fn(given[method] ?? (unexpected(method) as any)),
    ]),
  ) as unknown as jest.Mocked<FleetApi>;
}

/** Gives every element a size, which jsdom does not, so that the virtualizers draw. Returns the way back. */
export function withLayout(width = 1440, height = 900): () => void {
  const spies = (
    [
      ['offsetWidth', width],
      ['offsetHeight', height],
      ['clientWidth', width],
      ['clientHeight', height],
    ] as const
  ).map(([name, value]) =>
    jest.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(value),
  );
  return () => spies.forEach(spy => spy.mockRestore());
}
