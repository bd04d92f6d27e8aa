import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** Labels by name. */
export const fleetClusterLabelsSchema = makeFieldSchema({
  output: z => z.record(z.string()),
  uiOptions: z =>
    z.object({
      hide: z
        .array(z.string())
        .optional()
        .describe(
          'Labels that are not offered, for example kubernetes_version',
        ),
    }),
});
