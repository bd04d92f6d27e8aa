import {
  Cluster,
  Deployment,
  DeploymentState,
  Health,
  HubFreshness,
  Service,
  Sync,
} from '@backstage-fleet/plugin-fleet-common';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** When the development data starts. */
export const START = Date.now();

function cluster(
  hub: string,
  region: string,
  environment: string,
  name = `spoke-${region}-${environment}`,
): Cluster {
  return {
    id: `${hub}/${name}`,
    name,
    hub,
    server: `https://${name}.example.com`,
    region,
    environment,
    kind: name.startsWith('in-') ? 'in-cluster' : 'spoke',
    labels: { environment, region },
    annotations: {},
    file: `clusters/${name}.yaml`,
    services: 0,
  };
}

/** Nine clusters on three hubs. */
export const CLUSTERS: Cluster[] = [
  cluster('hub-ap', 'ap-south-1', 'prod'),
  cluster('hub-ap', 'ap-south-1', 'staging'),
  cluster('hub-eu', 'eu-west-1', 'dev'),
  cluster('hub-eu', 'eu-west-1', 'prod'),
  cluster('hub-eu', 'eu-west-1', 'prod', 'edge-eu-west-1-prod'),
  cluster('hub-eu', 'eu-west-1', 'staging'),
  cluster('hub-us', 'us-east-1', 'dev'),
  cluster('hub-us', 'us-east-1', 'prod'),
  cluster('hub-us', 'us-east-1', 'staging'),
];

const SYSTEMS: Array<[string, string, Record<string, string>]> = [
  [
    'payments',
    'team-payments',
    {
      payments: '1.4.3',
      ledger: '3.2.0',
      invoicing: '2.0.7',
      'fraud-score': '0.18.2',
    },
  ],
  [
    'storefront',
    'team-storefront',
    {
      checkout: '5.11.0',
      catalog: '2.7.1',
      search: '4.0.3',
      cart: '1.19.4',
      recommendations: '0.9.0',
      'storefront-web': '8.2.1',
    },
  ],
  [
    'customer',
    'team-customer',
    {
      accounts: '6.1.0',
      notifications: '2.3.9',
      'email-gateway': '1.0.12',
      'feature-flags': '3.5.0',
    },
  ],
  [
    'platform',
    'team-platform',
    {
      'cert-manager': '1.17.1',
      'external-secrets': '0.14.2',
      'ingress-nginx': '4.12.0',
      'kube-state-metrics': '2.15.0',
    },
  ],
];

/** Eighteen services of four systems. */
export const SERVICES: Service[] = SYSTEMS.flatMap(([system, team, services]) =>
  Object.keys(services).map(name => ({
    name,
    title: name,
    entityRef: `component:default/${name}`,
    owner: `group:default/${team}`,
    system: `system:default/${system}`,
    applicationSet: `argocd/services-${name}`,
    deployments: 0,
  })),
);

const VERSIONS: Record<string, string> = Object.assign(
  {},
  ...SYSTEMS.map(([, , services]) => services),
);

/** Where a service is not, as `service cluster-name`. */
const ABSENT = new Set([
  'payments edge-eu-west-1-prod',
  'payments spoke-us-east-1-prod',
  'ledger edge-eu-west-1-prod',
  'invoicing edge-eu-west-1-prod',
  'invoicing spoke-ap-south-1-staging',
  'invoicing spoke-ap-south-1-prod',
  'fraud-score edge-eu-west-1-prod',
  'catalog spoke-us-east-1-dev',
  'catalog spoke-us-east-1-staging',
  'catalog spoke-us-east-1-prod',
  'search edge-eu-west-1-prod',
  'recommendations edge-eu-west-1-prod',
  'recommendations spoke-ap-south-1-prod',
  'accounts edge-eu-west-1-prod',
  'notifications edge-eu-west-1-prod',
  'email-gateway edge-eu-west-1-prod',
]);

/** Where a service is not as usual. */
const SPECIAL: Record<
  string,
  { state?: DeploymentState; running?: string; desired?: string }
> = {
  'payments spoke-eu-west-1-dev': { running: '1.5.0-rc.1' },
  'payments spoke-us-east-1-dev': { running: '1.5.0-rc.1' },
  'payments spoke-eu-west-1-prod': { running: '1.4.1' },
  'payments spoke-ap-south-1-prod': { state: 'degraded', running: '1.4.2' },
  'fraud-score spoke-eu-west-1-prod': { running: '0.18.1' },
  'fraud-score spoke-us-east-1-prod': { running: '0.18.1' },
  'fraud-score spoke-us-east-1-staging': { state: 'progressing' },
  'catalog spoke-eu-west-1-prod': {
    state: 'out-of-sync',
    running: '2.7.0',
    desired: '2.7.1',
  },
  'recommendations spoke-ap-south-1-staging': {
    state: 'suspended',
    running: '0.8.4',
  },
  'email-gateway spoke-us-east-1-dev': { state: 'missing' },
  'notifications spoke-us-east-1-prod': { state: 'unknown' },
  'external-secrets edge-eu-west-1-prod': {
    state: 'out-of-sync',
    running: '0.14.1',
    desired: '0.14.2',
  },
};

const HEALTH: Record<DeploymentState, Health> = {
  healthy: 'Healthy',
  'out-of-sync': 'Healthy',
  progressing: 'Progressing',
  degraded: 'Degraded',
  missing: 'Missing',
  suspended: 'Suspended',
  unknown: 'Unknown',
};

/** The deployments at the start, by `service cluster-id`. */
export function initialDeployments(): Map<string, Deployment> {
  const result = new Map<string, Deployment>();
  SERVICES.forEach((service, row) =>
    CLUSTERS.forEach((target, column) => {
      const pair = `${service.name} ${target.name}`;
      if (!ABSENT.has(pair)) {
        result.set(
          `${service.name} ${target.id}`,
          deployment(service, target, (row * 7 + column * 3) % 11),
        );
      }
    }),
  );
  return result;
}

/** A deployment as the backend describes it. */
export function deployment(
  service: Service,
  target: Cluster,
  days: number,
  state?: DeploymentState,
): Deployment {
  const special = SPECIAL[`${service.name} ${target.name}`] ?? {};
  const shown = state ?? special.state ?? 'healthy';
  const running =
    shown === 'missing' ? undefined : special.running ?? VERSIONS[service.name];
  const desired = special.desired ?? special.running ?? VERSIONS[service.name];
  const since = new Date(
    state || special.state
      ? START - 23 * MINUTE
      : START - days * DAY - 40 * MINUTE,
  );
  const sync: Sync =
    shown === 'out-of-sync' || shown === 'missing' ? 'OutOfSync' : 'Synced';
  const commit = {
    sha: '4be07d1c3f9a8e7d6c5b4a39281706f5e4d3c2b1',
    url: 'https://git.example.com/acme/fleet-gitops/commit/4be07d1',
    message: `Promote ${service.name} ${desired}`,
    author: 'Ada Okafor',
    date: new Date(START - 25 * MINUTE),
  };
  return {
    id: `${target.hub}/argocd/${service.name}-${target.name}`,
    name: `${service.name}-${target.name}`,
    namespace: 'argocd',
    applicationSet: service.applicationSet,
    project: 'services',
    argocdUrl: `https://argocd.example.com/applications/${service.name}-${target.name}`,
    state: shown,
    health: HEALTH[shown],
    healthMessage:
      shown === 'degraded'
        ? 'Deployment "payments" exceeded its progress deadline: 1 of 3 pods is ready.'
        : undefined,
    healthSince: since,
    sync,
    automatedSync: shown !== 'out-of-sync',
    desired: { text: desired, commit },
    synced: running === undefined ? undefined : { text: running, commit },
    running:
      running === undefined
        ? undefined
        : {
            text: running,
            images: [`ghcr.io/acme/${service.name}:${running}`],
          },
    syncedAt: new Date(START - 6 * DAY),
    differing: shown === 'out-of-sync' ? [`Deployment/${service.name}`] : [],
    resources: 14,
    conditions: [],
    namedBy: 'label fleet/service',
    deleting: false,
  };
}

/** The hubs; `down` does not answer since 14 minutes, `refusing` refuses the token. */
export function hubs(down?: string, refusing?: string): HubFreshness[] {
  return ['hub-eu', 'hub-us', 'hub-ap'].map((id, at) => {
    if (id === down) {
      return {
        id,
        title: id,
        status: 'unreachable',
        observedAt: new Date(START - 14 * MINUTE),
        since: new Date(START - 14 * MINUTE),
        message: 'connect ECONNREFUSED 10.2.0.14:6443.',
      };
    }
    if (id === refusing) {
      return {
        id,
        title: id,
        status: 'unauthorized',
        observedAt: new Date(START - 3 * 60 * MINUTE),
        since: new Date(START - 3 * 60 * MINUTE),
        message: 'The hub answered 401 Unauthorized.',
      };
    }
    return {
      id,
      title: id,
      status: 'live',
      observedAt: new Date(Date.now() - (at + 1) * 1000),
      since: new Date(START - 5 * DAY),
    };
  });
}

/** A service of the fleet, or one that is nowhere yet. */
export function serviceOf(name: string): Service {
  return (
    SERVICES.find(each => each.name === name) ?? {
      name,
      title: name,
      deployments: 0,
    }
  );
}
