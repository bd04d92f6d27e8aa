import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** Names of clusters. Where the list's `maxItems` is 1, one is chosen. */
export const fleetClusterPickerSchema = makeFieldSchema({
  output: z => z.array(z.string()),
  uiOptions: z =>
    z.object({
      serviceField: z
        .string()
        .optional()
        .describe('The field that holds the service’s name. Default: service'),
      purpose: z
        .enum(['deploy', 'change', 'remove'])
        .optional()
        .describe(
          'What the clusters are chosen for, which decides which can be: deploy takes those without the service, change those with it, remove those that a file declares. Default: deploy',
        ),
    }),
});
