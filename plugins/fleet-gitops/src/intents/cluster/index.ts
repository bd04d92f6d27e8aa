import type { AnyIntentDefinition } from '../types';
import { annotateCluster } from './annotate';
import { labelCluster } from './label';

/** Intents that change clusters. */
export const clusterIntents: AnyIntentDefinition[] = [
  annotateCluster,
  labelCluster,
];
