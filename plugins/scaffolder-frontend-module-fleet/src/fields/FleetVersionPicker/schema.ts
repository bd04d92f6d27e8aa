import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** A version of a service. */
export const fleetVersionPickerSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      serviceField: z
        .string()
        .optional()
        .describe('The field that holds the service’s name. Default: service'),
      placeholder: z.string().optional(),
    }),
});
