import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** A blueprint, the repository that declares it, and what its own form was filled in with. */
export const fleetBlueprintPickerSchema = makeFieldSchema({
  output: z =>
    z.object({
      blueprint: z.string(),
      repository: z.string(),
      parameters: z.record(z.any()),
    }),
});
