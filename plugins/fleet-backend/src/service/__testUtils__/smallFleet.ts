import type { FleetStore } from '../../store';
import { application, cluster } from '../../store/__testUtils__/objects';

const PAYMENTS_SET = {
  kind: 'ApplicationSet',
  metadata: { name: 'payments', namespace: 'argocd' },
  spec: {
    generators: [
      {
        clusters: {
          selector: { matchLabels: { environment: 'prod', t: 'a' } },
        },
      },
    ],
    strategy: {
      type: 'RollingSync',
      rollingSync: {
        steps: [
          {
            matchExpressions: [
              { key: 'env', operator: 'In', values: ['prod'] },
            ],
            maxUpdate: 1,
          },
        ],
      },
    },
  },
  status: {
    conditions: [
      { type: 'ErrorOccurred', status: 'True', message: 'bad template' },
    ],
    applicationStatus: [
      { application: 'payments-prod-1', status: 'Healthy', step: '1' },
    ],
  },
};

const SECRETIVE_SET = {
  kind: 'ApplicationSet',
  metadata: { name: 'secretive', namespace: 'argocd' },
  spec: { generators: [{ list: { elements: [{}] } }] },
};

const BEING_MADE = {
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'Cluster',
  metadata: {
    name: 'being-made',
    namespace: 'fleet',
    labels: { environment: 'dev' },
  },
  spec: { topology: { version: 'v1.33.0' } },
  status: { phase: 'Provisioning' },
};

/**
 * Hub `eu` with clusters `prod-1`, `prod-2` and `dev-1`, on which `payments` runs, on the last also `secretive`; and a
 * cluster that is being made.
 */
export function fillStore(store: FleetStore): void {
  const eu = store.sink('eu');
  const live = { status: 'live' as const, since: '2026-01-01T00:00:00Z' };
  eu.replace('Cluster', [
    cluster('prod-1', { environment: 'prod', region: 'eu-west-1', t: 'a' }),
    cluster('prod-2', { environment: 'prod', region: 'eu-north-1', t: 'b' }),
    cluster('dev-1', { environment: 'dev', region: 'eu-west-1' }),
  ]);
  const deployed = (service: string, on: string, rest: object = {}) =>
    application({
      name: `${service}-${on}`,
      labels: { 'fleet/service': service },
      destination: { name: on },
      applicationSet: service,
      ...rest,
    });
  eu.replace('Application', [
    deployed('payments', 'prod-1'),
    deployed('payments', 'prod-2', { health: 'Degraded' }),
    deployed('payments', 'dev-1', { sync: 'OutOfSync' }),
    deployed('secretive', 'dev-1'),
  ]);
  eu.replace('ApplicationSet', [PAYMENTS_SET, SECRETIVE_SET]);
  eu.replace('Claim', [BEING_MADE]);
  eu.state('Application', live);
  eu.state('Cluster', live);
  store.setDeclaredServices([
    {
      name: 'payments',
      title: 'Payments',
      entityRef: 'component:default/payments',
      owner: 'group:default/team-payments',
      claims: [],
    },
  ]);
}
