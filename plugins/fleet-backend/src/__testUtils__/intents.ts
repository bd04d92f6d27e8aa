import type { IntentKind } from '@backstage-fleet/plugin-fleet-common';

/** A cluster of the hub-and-spoke example. */
export const STAGING = 'spoke-us-east-1-staging';

/** One intent of each kind for the hub-and-spoke example, on staging alone where the kind allows that. */
export const INTENTS: Record<IntentKind, object> = {
  'service.onboard': { service: 'loyalty', clusters: [STAGING] },
  'service.offboard': { service: 'cart' },
  'service.enable': {
    service: 'ledger',
    clusters: ['spoke-ap-south-1-staging'],
  },
  'service.disable': { service: 'cart', clusters: [STAGING] },
  'service.promote': {
    service: 'payments',
    version: '9.9.9',
    to: { environments: ['staging'] },
  },
  'service.rollback': {
    service: 'payments',
    version: '1.0.0',
    on: { environments: ['staging'] },
  },
  'service.hotfix': {
    service: 'payments',
    version: '9.9.9',
    environment: 'prod',
    forwardTo: ['staging'],
  },
  'cluster.create': {
    blueprint: 'kro-eks',
    cluster: 'spoke-new',
    parameters: {
      region: 'us-east-1',
      environment: 'staging',
      kubernetesVersion: '1.33',
    },
  },
  'cluster.upgrade': { clusters: [STAGING], kubernetesVersion: 'v1.35.0' },
  'cluster.scale': { cluster: STAGING, replicas: 5 },
  'cluster.label': { cluster: STAGING, labels: { tier: 'gold' } },
  'cluster.annotate': { cluster: STAGING, annotations: { note: 'x' } },
  'cluster.recreate': { cluster: STAGING },
  'cluster.decommission': { cluster: STAGING },
};
