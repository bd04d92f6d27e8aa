import { z } from 'zod';
import { annotationChanges, clusterName } from '../grammar';
import type { IntentDefinition } from '../types';
import { changeMetadata } from './metadata';

/** Sets and removes annotations of a cluster's file. */
export const annotateCluster: IntentDefinition<'cluster.annotate'> = {
  kind: 'cluster.annotate',
  schema: z.strictObject({
    cluster: clusterName,
    annotations: annotationChanges,
  }),
  subject: ({ cluster }) => cluster,
  apply: ({ cluster, annotations }, repository) =>
    changeMetadata(cluster, 'annotations', annotations, repository),
};
