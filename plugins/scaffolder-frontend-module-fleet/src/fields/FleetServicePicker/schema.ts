import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** The service's name. */
export const fleetServicePickerSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      placeholder: z.string().optional(),
    }),
});
