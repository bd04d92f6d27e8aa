import { z } from 'zod';
import { scaleCluster as scale } from '../../claims/scaleClaim';
import { Edits } from '../../layouts/edits';
import { clusterName, isSafeText, UNSAFE_MESSAGE } from '../grammar';
import type { IntentDefinition } from '../types';

const MAX_REPLICAS = 10_000;

/** Another number of worker nodes. */
export const scaleCluster: IntentDefinition<'cluster.scale'> = {
  kind: 'cluster.scale',
  schema: z.strictObject({
    cluster: clusterName,
    pool: z
      .string()
      .min(1, 'must not be empty')
      .max(253, 'must have at most 253 characters')
      .refine(isSafeText, UNSAFE_MESSAGE)
      .optional(),
    replicas: z
      .int('must be a whole number')
      .min(0, 'must not be negative')
      .max(MAX_REPLICAS, `must be at most ${MAX_REPLICAS}`),
  }),
  subject: ({ cluster }) => cluster,
  apply(parameters, repository, { definitions }) {
    const { cluster, replicas } = parameters;
    const edits = new Edits(repository);
    const pool = scale(parameters, repository, edits, definitions);
    return {
      ...edits.result(),
      title: `Scale ${pool.name} of ${cluster} to ${replicas}`,
      touched: { services: [], clusters: [cluster] },
    };
  },
};
