import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** The name of a cluster that does not exist yet. */
export const fleetClusterNameSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z => z.object({ placeholder: z.string().optional() }),
});
