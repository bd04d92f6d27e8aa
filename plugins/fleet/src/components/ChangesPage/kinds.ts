import { IntentKind } from '@backstage-fleet/plugin-fleet-common';

/** The text of every kind of intent: a key of `changes.kinds`. */
export const KIND_TEXTS = {
  'service.onboard': 'onboard',
  'service.offboard': 'offboard',
  'service.enable': 'enable',
  'service.disable': 'disable',
  'service.promote': 'promote',
  'service.rollback': 'rollback',
  'service.hotfix': 'hotfix',
  'cluster.create': 'create',
  'cluster.upgrade': 'upgrade',
  'cluster.scale': 'scale',
  'cluster.label': 'label',
  'cluster.annotate': 'annotate',
  'cluster.recreate': 'recreate',
  'cluster.decommission': 'decommission',
} as const satisfies Record<IntentKind, string>;

/** All kinds of intents. */
export const KINDS = Object.keys(KIND_TEXTS) as IntentKind[];
