import { z } from 'zod';
import { clusterName, labelChanges } from '../grammar';
import type { IntentDefinition } from '../types';
import { changeMetadata } from './metadata';

/** Sets and removes labels of a cluster's file. */
export const labelCluster: IntentDefinition<'cluster.label'> = {
  kind: 'cluster.label',
  schema: z.strictObject({ cluster: clusterName, labels: labelChanges }),
  subject: ({ cluster }) => cluster,
  apply: ({ cluster, labels }, repository) =>
    changeMetadata(cluster, 'labels', labels, repository),
};
