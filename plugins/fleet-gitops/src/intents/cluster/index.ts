import type { AnyIntentDefinition } from '../types';
import { annotateCluster } from './annotate';
import { createCluster } from './create';
import { decommissionCluster } from './decommission';
import { labelCluster } from './label';
import { recreateCluster } from './recreate';
import { scaleCluster } from './scale';
import { upgradeCluster } from './upgrade';

/** Intents that change clusters. */
export const clusterIntents: AnyIntentDefinition[] = [
  annotateCluster,
  createCluster,
  decommissionCluster,
  labelCluster,
  recreateCluster,
  scaleCluster,
  upgradeCluster,
];
